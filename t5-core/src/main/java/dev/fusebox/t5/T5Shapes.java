package dev.fusebox.t5;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.array.StoredTensor;
import dev.fusebox.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a checkpoint holds the T5 that a config describes, told from names, types and shapes
 * before its numbers are read; only a table that is stored twice is compared. A fusion's parameters
 * are not looked at.
 */
public final class T5Shapes {

  private static final Pattern BLOCK =
      Pattern.compile("(encoder|decoder)\\.block\\.(\\d{1,6})\\..*");

  private static final Pattern OUTSIDE_BLOCKS =
      Pattern.compile(
          "(shared|lm_head|(encoder|decoder)\\.(embed_tokens|final_layer_norm))\\.[^.]+");

  private static final List<String> EMBEDDINGS =
      List.of("shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight");

  private static final String HEAD = "lm_head.weight";
  private static final String IN_EVERY_T5 = "encoder.final_layer_norm.weight";
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

  /**
   * The first thing that does not fit, in words.
   *
   * @throws IOException if a file cannot be read
   */
  public static Optional<String> misfit(T5Config config, Checkpoint checkpoint) throws IOException {
    Optional<String> misfit = new T5Shapes(config).misfit(checkpoint);
    return misfit.isPresent() ? misfit : copies(config, checkpoint);
  }

  /** The other names of the embedding, which must hold the same numbers. */
  private static Optional<String> copies(T5Config config, Checkpoint checkpoint)
      throws IOException {
    List<String> names = new ArrayList<>(EMBEDDINGS);
    if (config.head() == OutputHead.TIED) {
      names.add(HEAD);
    }
    names.retainAll(checkpoint.names());
    for (String name : names) {
      if (!checkpoint.same(name, names.get(0))) {
        return Optional.of(
            name.equals(HEAD)
                ? "%s differs from %s, and tie_word_embeddings = true in config.json says that they are one"
                    .formatted(name, names.get(0))
                : "%s differs from %s; T5 has one embedding for both"
                    .formatted(name, names.get(0)));
      }
    }
    return Optional.empty();
  }

  private Optional<String> misfit(Checkpoint checkpoint) {
    Optional<String> wrapped =
        checkpoint.names().stream().flatMap(name -> wrapped(name).stream()).findFirst();
    if (wrapped.isPresent()) {
      return wrapped;
    }
    int encoder = blocks(checkpoint, "encoder");
    int decoder = blocks(checkpoint, "decoder");
    if (encoder != config.encoderDepth() || decoder != config.decoderDepth()) {
      return Optional.of(
          "the weights have %d + %d layers, config.json %d + %d"
              .formatted(encoder, decoder, config.encoderDepth(), config.decoderDepth()));
    }
    return checkpoint.names().stream()
        .flatMap(name -> misfit(name, checkpoint.tensor(name)).stream())
        .findFirst()
        .or(() -> otherNames(checkpoint.names()));
  }

  /**
   * What every T5 of these blocks has and the checkpoint has not, and the reverse. The embedding
   * goes by several names and may be the head too.
   */
  private Optional<String> otherNames(Set<String> found) {
    Set<String> wanted = wanted();
    List<String> missing = wanted.stream().filter(name -> !found.contains(name)).toList();
    List<String> unknown =
        found.stream()
            .filter(T5Shapes::isOfT5)
            .filter(name -> !wanted.contains(name) && !EMBEDDINGS.contains(name))
            .filter(name -> !name.equals(HEAD)) // a copy of the embedding where it is not asked for
            .toList();
    List<String> problems = new ArrayList<>();
    if (!missing.isEmpty()) {
      problems.add("missing weights " + listed(missing));
    }
    if (!unknown.isEmpty()) {
      problems.add("unexpected weights " + listed(unknown));
    }
    if (EMBEDDINGS.stream().noneMatch(found::contains)) {
      problems.add("the embedding is missing, " + String.join(" or ", EMBEDDINGS));
    }
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  private static String listed(List<String> names) {
    return "(%d): %s%s"
        .formatted(
            names.size(),
            String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))),
            names.size() > SHOWN ? ", ..." : "");
  }

  /** Whether a name lies where T5 has its own; all others are a fusion's. */
  public static boolean isOfT5(String name) {
    return BLOCK.matcher(name).matches() || OUTSIDE_BLOCKS.matcher(name).matches();
  }

  /** The names of a T5's parameters. */
  public static Set<String> names(T5Config config) {
    Set<String> names = new T5Shapes(config).wanted();
    names.add(EMBEDDINGS.get(0));
    return names;
  }

  private Set<String> wanted() {
    Set<String> wanted = new LinkedHashSet<>();
    for (String part : List.of("encoder", "decoder")) {
      wanted.add(part + ".final_layer_norm.weight");
      wanted.add(part + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight");
    }
    for (int block = 0; block < config.encoderDepth(); block++) {
      layers(wanted, "encoder.block." + block, List.of("SelfAttention"));
    }
    for (int block = 0; block < config.decoderDepth(); block++) {
      layers(wanted, "decoder.block." + block, List.of("SelfAttention", "EncDecAttention"));
    }
    if (config.head() == OutputHead.OWN) {
      wanted.add(HEAD);
    }
    return wanted;
  }

  private void layers(Set<String> wanted, String block, List<String> attentions) {
    for (int layer = 0; layer <= attentions.size(); layer++) {
      wanted.add(block + ".layer." + layer + ".layer_norm.weight");
    }
    for (int layer = 0; layer < attentions.size(); layer++) {
      for (String matrix : List.of("q", "k", "v", "o")) {
        wanted.add(
            block + ".layer." + layer + "." + attentions.get(layer) + "." + matrix + ".weight");
      }
    }
    for (String matrix : config.gated() ? List.of("wi_0", "wi_1", "wo") : List.of("wi", "wo")) {
      wanted.add(block + ".layer." + attentions.size() + ".DenseReluDense." + matrix + ".weight");
    }
  }

  private static Optional<String> wrapped(String name) {
    return name.endsWith("." + IN_EVERY_T5)
        ? Optional.of(
            "%s is in the weights, %s expected: the model was saved inside a wrapper; save only the model, or remove '%s' from the names"
                .formatted(
                    name, IN_EVERY_T5, name.substring(0, name.length() - IN_EVERY_T5.length())))
        : Optional.empty();
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

  private Optional<String> misfit(String name, StoredTensor tensor) {
    Shape found = tensor.shape();
    if (isOfT5(name) && !tensor.type().floating()) {
      return Optional.of("%s holds whole numbers (%s)".formatted(name, tensor.type()));
    }
    return shapes.entrySet().stream()
        .filter(each -> each.getKey().matcher(name).matches())
        .map(Map.Entry::getValue)
        .filter(wanted -> !wanted.equals(found))
        .findFirst()
        .map(wanted -> "%s is %s in the weights, %s by config.json".formatted(name, found, wanted));
  }
}
