package dev.fusebox.fusion.coattention;

import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.fusion.block.PostNormAttention;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptTuple;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stream does by itself in a layer: it attends to itself, then {@code norm(x +
 * down(gelu(up(x))))}.
 *
 * @param attention to itself
 * @param up (n·D, D)
 * @param down (D, n·D)
 * @param norm (D)
 */
record StreamWeights(PostNormAttention attention, Linear up, Linear down, Normalization norm)
    implements ScriptTuple {

  /**
   * Declares {@code name_self_att.*}, {@code name_inter.*} and {@code name_output.*}.
   *
   * @param inner n·D
   */
  static StreamWeights declare(Parameters parameters, String name, long width, long inner) {
    return new StreamWeights(
        PostNormAttention.declare(
            parameters, name + "_self_att.self", name + "_self_att.output", width, width),
        Linear.declare(parameters, name + "_inter.dense", width, inner),
        Linear.declare(parameters, name + "_output.dense", inner, width),
        Normalization.declare(parameters, name + "_output.LayerNorm", width));
  }

  @Override
  public List<Object> values() {
    List<Object> values = new ArrayList<>(List.of(attention));
    values.addAll(List.of(up.weight(), up.bias(), down.weight(), down.bias()));
    values.addAll(List.of(norm.weight(), norm.bias()));
    return values;
  }
}
