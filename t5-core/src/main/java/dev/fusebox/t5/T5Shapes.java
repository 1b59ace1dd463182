package dev.fusebox.t5;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.checkpoint.Checkpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
        .findFirst();
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
