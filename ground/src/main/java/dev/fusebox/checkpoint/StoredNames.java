package dev.fusebox.checkpoint;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model calls the tensors of a checkpoint, and which of them it has. BLIP-2 and InstructBLIP
 * keep a T5 in {@code language_model}, beside a Q-Former whose names stay, and the vision
 * transformer whose output is this project's feature file.
 */
final class StoredNames {

  private static final String LANGUAGE = "language_model.";
  private static final String QUERIES = "query_tokens";
  private static final String WORDS = "qformer.embeddings.word_embeddings.weight";

  /**
   * The first T5 had a position bias here that its attention never added; files of its time, of
   * UnifiedQA among them, still hold it, and every reader passes over it.
   */
  private static final String UNUSED =
      "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight";

  /** Of BLIP-2: what sees the picture, and places that transformers once saved. */
  private static final Pattern NOT_OF_TEXT =
      Pattern.compile("vision_model\\..*|qformer\\.embeddings\\.position_ids");

  private static final Pattern TEXT_LAYER =
      Pattern.compile("qformer\\.encoder\\.layer\\.(\\d{1,6})\\.(?:intermediate|output)\\..*");

  private final boolean blip;
  private final boolean words;
  private final int lastLayer;

  private StoredNames(boolean blip, boolean words, int lastLayer) {
    this.blip = blip;
    this.words = words;
    this.lastLayer = lastLayer;
  }

  static StoredNames of(Set<String> stored) {
    boolean blip =
        stored.contains(QUERIES)
            && stored.stream().anyMatch(name -> name.startsWith(LANGUAGE + "encoder.block."));
    return new StoredNames(blip, stored.contains(WORDS), lastLayer(stored));
  }

  private static int lastLayer(Collection<String> stored) {
    return stored.stream()
        .map(TEXT_LAYER::matcher)
        .filter(Matcher::matches)
        .mapToInt(layer -> Integer.parseInt(layer.group(1)))
        .max()
        .orElse(-1);
  }

  String inModel(String stored) {
    return blip && stored.startsWith(LANGUAGE) ? stored.substring(LANGUAGE.length()) : stored;
  }

  boolean isUsed(String stored) {
    return !inModel(stored).equals(UNUSED)
        && !(blip && (NOT_OF_TEXT.matcher(stored).matches() || isOfBertsWords(stored)));
  }

  /**
   * In InstructBLIP: its words are looked up by BERT's tokenizer, and nobody reads what its last
   * layer makes of them.
   */
  private boolean isOfBertsWords(String stored) {
    Matcher layer = TEXT_LAYER.matcher(stored);
    return words
        && (stored.equals(WORDS)
            || (layer.matches() && Integer.parseInt(layer.group(1)) == lastLayer));
  }
}
