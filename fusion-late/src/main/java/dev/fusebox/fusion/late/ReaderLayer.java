package dev.fusebox.fusion.late;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;
import java.util.stream.Stream;

/**
 * The weights of a layer: {@code x + output(attention(query(norm(x)), key(memory),
 * value(memory)))}, then {@code x + down(gelu(up(norm(x))))}.
 *
 * @param query (D, D)
 * @param key (D, D or V)
 * @param value as the key
 * @param output (D, D)
 * @param up (n·D, D)
 * @param down (D, n·D)
 */
record ReaderLayer(
    Normalization attentionNorm,
    Linear query,
    Linear key,
    Linear value,
    Linear output,
    Normalization denseNorm,
    Linear up,
    Linear down)
    implements ScriptTuple {

  /**
   * Declares {@code name.*}.
   *
   * @param memory width of what is attended to
   * @param silent whether what it adds to its input is 0 at first
   */
  static ReaderLayer declare(
      String name, long memory, int feedForward, boolean silent, FusionContext context) {
    Parameters parameters = context.parameters();
    long width = context.width();
    long inner = feedForward * width;
    return new ReaderLayer(
        Normalization.declare(parameters, name + ".attention_norm", width),
        Linear.declare(parameters, name + ".query", width, width),
        Linear.declare(parameters, name + ".key", memory, width),
        Linear.declare(parameters, name + ".value", memory, width),
        last(name + ".output", width, width, silent, parameters),
        Normalization.declare(parameters, name + ".dense_norm", width),
        Linear.declare(parameters, name + ".up", width, inner),
        last(name + ".down", inner, width, silent, parameters));
  }

  private static Linear last(
      String name, long in, long out, boolean silent, Parameters parameters) {
    return silent
        ? new Linear(
            parameters.declare(name + ".weight", new Shape(out, in), Initializer.zeros()),
            parameters.declare(name + ".bias", new Shape(out), Initializer.zeros()))
        : Linear.declare(parameters, name, in, out);
  }

  @Override
  public List<NDArray> values() {
    return Stream.concat(
            Stream.of(attentionNorm.weight(), attentionNorm.bias()),
            Stream.concat(
                numbers(query, key, value, output),
                Stream.concat(Stream.of(denseNorm.weight(), denseNorm.bias()), numbers(up, down))))
        .toList();
  }

  private static Stream<NDArray> numbers(Linear... maps) {
    return Stream.of(maps).flatMap(map -> Stream.of(map.weight(), map.bias()));
  }
}
