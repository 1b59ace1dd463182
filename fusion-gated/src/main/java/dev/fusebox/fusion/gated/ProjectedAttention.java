package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;

/** Torch's multi-head attention with its names and its start, over projected patches. */
final class ProjectedAttention implements PictureAttention {

  private final GatedScript script;
  private final int heads;
  private final Linear image; // (D, V)
  private final Linear in; // (3D, D): query, key, value
  private final Linear out; // (D, D)

  ProjectedAttention(int heads, FusionContext context, GatedScript script) {
    this.script = script;
    this.heads = heads;
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
    in =
        new Linear(
            parameters.declare(
                attention + ".in_proj_weight",
                new Shape(3 * d, d),
                Initializer.uniform(Math.sqrt(6.0 / (4 * d)))), // Glorot and Bengio 2010
            parameters.declare(attention + ".in_proj_bias", new Shape(3 * d), Initializer.zeros()));
    out =
        new Linear(
            Linear.weight(parameters, attention + ".out_proj", d, d),
            parameters.declare(attention + ".out_proj.bias", new Shape(d), Initializer.zeros()));
  }

  @Override
  public NDArray remember(NDArray features) {
    return script.remember(features, image, in);
  }

  @Override
  public NDArray look(NDArray hidden, NDArray memory, NDArray mask) {
    return script.look(hidden, memory, mask, in, out, heads);
  }

  @Override
  public NDArray weights(NDArray hidden, NDArray memory, NDArray mask) {
    return script.weights(hidden, memory, mask, in, heads);
  }
}
