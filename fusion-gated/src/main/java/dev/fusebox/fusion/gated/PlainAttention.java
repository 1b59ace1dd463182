package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.TorchScript;

/** The paper's equation: the text is the query, the projected patches are keys and values. */
final class PlainAttention implements PictureAttention {

  private final Ops ops;
  private final TorchScript script;
  private final int heads;
  private final NDArray imageWeight; // (D, V)

  PlainAttention(int heads, FusionContext context, TorchScript script) {
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
    return script.call("look_plain", hidden, hidden, memory, mask, heads, ops.precision().code());
  }

  @Override
  public NDArray weights(NDArray hidden, NDArray memory, NDArray mask) {
    return script.call("weights_plain", hidden, hidden, memory, mask, heads);
  }
}
