package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.TorchScript;

/** Torch's multi-head attention with its names and its start, over projected patches. */
final class ProjectedAttention implements PictureAttention {

  private final TorchScript script;
  private final int heads;
  private final int compute;
  private final Linear image; // (D, V)
  private final NDArray inWeight; // (3D, D): query, key, value
  private final NDArray inBias; // (3D)
  private final Linear out; // (D, D)

  ProjectedAttention(int heads, FusionContext context, TorchScript script) {
    this.script = script;
    this.heads = heads;
    compute = context.ops().precision().code();
    long d = context.width();
    Parameters parameters = context.parameters();
    String dense = PublishedNames.of(parameters, "encoder.image_dense", ".weight", ".bias");
    image = Linear.declare(parameters, dense, context.visionWidth(), d);
    String attention =
        PublishedNames.of(
            parameters,
            "encoder.mha_layer",
            ".in_proj_weight",
            ".in_proj_bias",
            ".out_proj.weight",
            ".out_proj.bias");
    inWeight =
        parameters.declare(
            attention + ".in_proj_weight",
            new Shape(3 * d, d),
            Initializer.uniform(Math.sqrt(6.0 / (4 * d)))); // Glorot and Bengio 2010
    inBias = parameters.declare(attention + ".in_proj_bias", new Shape(3 * d), Initializer.zeros());
    out =
        new Linear(
            Linear.weight(parameters, attention + ".out_proj", d, d),
            parameters.declare(attention + ".out_proj.bias", new Shape(d), Initializer.zeros()));
  }

  @Override
  public NDArray remember(NDArray features) {
    return script.call(
        "remember", features, features, image.weight(), image.bias(), inWeight, inBias, compute);
  }

  @Override
  public NDArray look(NDArray hidden, NDArray memory, NDArray mask) {
    return script.call(
        "look",
        hidden,
        hidden,
        memory,
        mask,
        inWeight,
        inBias,
        out.weight(),
        out.bias(),
        heads,
        compute);
  }

  @Override
  public NDArray weights(NDArray hidden, NDArray memory, NDArray mask) {
    return script.call("weights", hidden, hidden, memory, mask, inWeight, inBias, heads, compute);
  }
}
