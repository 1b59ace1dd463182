package dev.fusebox.t5;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a checkpoint holds the T5 that a config describes, told from names and shapes before any
 * number is read. A fusion's parameters are not looked at.
 */
public final class T5Shapes {

  private static final Pattern BLOCK =
      Pattern.compile("(encoder|decoder)\\.block\\.(\\d{1,6})\\..*");

  private static final int SHOWN = 3;

  private final T5Config config;
  private final Map<Pattern, Shape> shapes = new LinkedHashMap<>();

  private T5Shapes(T5Config config) {
    this.config = config;
    int d = config.width();
    int inner = config.attentionWidth();
    int f = config.feedForwardWidth();
    shape("(shared|lm_head|encoder\\.embed_tokens|decoder\\.embed_tokens)", config.vocabulary(), d);
    String part = "(en|de)coder\\.block\\.\\d+\\.layer\\.\\d\\.";
    shape(part + "(Self|EncDec)Attention\\.[qkv]", inner, d);
    shape(part + "(Self|EncDec)Attention\\.o", d, inner);
    shape(
        part + "SelfAttention\\.relative_attention_bias", config.positionBuckets(), config.heads());
    shape(part + "DenseReluDense\\.wi(_[01])?", f, d);
    shape(part + "DenseReluDense\\.wo", d, f);
    shape(part + "layer_norm", d);
    shape("(en|de)coder\\.final_layer_norm", d);
  }

  private void shape(String name, long... extents) {
    shapes.put(Pattern.compile(name + "\\.weight"), new Shape(extents));
  }

  /** The first thing that does not fit, in words. */
  public static Optional<String> misfit(T5Config config, Checkpoint checkpoint) {
    return new T5Shapes(config).misfit(checkpoint);
  }

  private Optional<String> misfit(Checkpoint checkpoint) {
    int encoder = blocks(checkpoint, "encoder");
    int decoder = blocks(checkpoint, "decoder");
    if (encoder != config.encoderDepth() || decoder != config.decoderDepth()) {
      return Optional.of(
          "%d + %d layers are in the weights, %d + %d in config.json"
              .formatted(encoder, decoder, config.encoderDepth(), config.decoderDepth()));
    }
    return checkpoint.names().stream()
        .flatMap(name -> misfit(name, checkpoint.tensor(name).shape()).stream())
        .findFirst()
        .or(() -> missing(checkpoint.names()));
  }

  /**
   * What every T5 of these blocks has, but for the embedding, which goes by several names; a
   * fusion, whose names are its own, is not asked.
   */
  private Optional<String> missing(Set<String> found) {
    List<String> wanted = new ArrayList<>();
    for (String part : List.of("encoder", "decoder")) {
      wanted.add(part + ".final_layer_norm");
      wanted.add(part + ".block.0.layer.0.SelfAttention.relative_attention_bias");
    }
    for (int block = 0; block < config.encoderDepth(); block++) {
      layers(wanted, "encoder.block." + block, List.of("SelfAttention"));
    }
    for (int block = 0; block < config.decoderDepth(); block++) {
      layers(wanted, "decoder.block." + block, List.of("SelfAttention", "EncDecAttention"));
    }
    List<String> missing =
        wanted.stream()
            .map(name -> name + ".weight")
            .filter(name -> !found.contains(name))
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "weights are missing (%d): %s%s"
                .formatted(
                    missing.size(),
                    String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size()))),
                    missing.size() > SHOWN ? ", ..." : ""));
  }

  private static void layers(List<String> wanted, String block, List<String> attentions) {
    for (int layer = 0; layer <= attentions.size(); layer++) {
      wanted.add(block + ".layer." + layer + ".layer_norm");
    }
    for (int layer = 0; layer < attentions.size(); layer++) {
      for (String matrix : List.of("q", "k", "v", "o")) {
        wanted.add(block + ".layer." + layer + "." + attentions.get(layer) + "." + matrix);
      }
    }
    wanted.add(block + ".layer." + attentions.size() + ".DenseReluDense.wo");
  }

  private static int blocks(Checkpoint checkpoint, String part) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String name : checkpoint.names()) {
      Matcher block = BLOCK.matcher(name);
      if (block.matches() && block.group(1).equals(part)) {
        numbers.add(Integer.valueOf(block.group(2)));
      }
    }
    return numbers.size();
  }

  private Optional<String> misfit(String name, Shape found) {
    return shapes.entrySet().stream()
        .filter(each -> each.getKey().matcher(name).matches())
        .map(Map.Entry::getValue)
        .filter(wanted -> !wanted.equals(found))
        .findFirst()
        .map(wanted -> "%s is %s in the weights, %s by config.json".formatted(name, found, wanted));
  }
}
