package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Ops;

/** The paper's equation: the text is the query, the projected patches are keys and values. */
final class PlainAttention implements PictureAttention {

  private final Ops ops;
  private final GatedScript script;
  private final int heads;
  private final NDArray imageWeight; // (D, V)

  PlainAttention(int heads, FusionContext context, GatedScript script) {
    this.ops = context.ops();
    this.script = script;
    this.heads = heads;
    String name = PublishedNames.of(context.parameters(), "encoder.image_dense", ".weight");
    imageWeight = Linear.weight(context.parameters(), name, context.visionWidth(), context.width());
  }

  @Override
  public NDArray remember(NDArray features) {
    return ops.linear(features, imageWeight);
  }

  @Override
  public NDArray look(NDArray hidden, NDArray memory, NDArray mask) {
    return script.lookPlain(hidden, memory, mask, heads);
  }

  @Override
  public NDArray weights(NDArray hidden, NDArray memory, NDArray mask) {
    return script.weightsPlain(hidden, memory, mask, heads);
  }
}
