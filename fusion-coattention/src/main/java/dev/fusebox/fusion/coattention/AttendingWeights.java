package dev.fusebox.fusion.coattention;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;

/**
 * The weights of an attention sub-layer, {@code norm(x + output(attention(query(x), key(memory),
 * value(memory))))}; all matrices (D, D).
 */
record AttendingWeights(Linear query, Linear key, Linear value, Linear output, Normalization norm)
    implements ScriptTuple {

  /**
   * Declares {@code name.<kind>.query} and the like, and {@code name.output.*}.
   *
   * @param kind {@code self} of a stream to itself, {@code att} of one to the other
   */
  static AttendingWeights declare(Parameters parameters, String name, String kind, long width) {
    String inner = name + "." + kind;
    return new AttendingWeights(
        Linear.declare(parameters, inner + ".query", width, width),
        Linear.declare(parameters, inner + ".key", width, width),
        Linear.declare(parameters, inner + ".value", width, width),
        Linear.declare(parameters, name + ".output.dense", width, width),
        Normalization.declare(parameters, name + ".output.LayerNorm", width));
  }

  @Override
  public List<NDArray> values() {
    return List.of(
        query.weight(),
        query.bias(),
        key.weight(),
        key.bias(),
        value.weight(),
        value.bias(),
        output.weight(),
        output.bias(),
        norm.weight(),
        norm.bias());
  }
}
