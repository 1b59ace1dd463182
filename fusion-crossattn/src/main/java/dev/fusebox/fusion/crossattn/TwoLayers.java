package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.TorchScript;
import java.util.List;

/** {@code W₂ · gelu(W₁ · v + b₁) + b₂} on each vector. */
final class TwoLayers implements PictureConnector {

  private final TorchScript script;
  private final int width;
  private final int compute;
  private final List<NDArray> weights; // (W, V), (W), (W, W), (W)

  TwoLayers(int width, FusionContext context, TorchScript script) {
    this.script = script;
    this.width = width;
    compute = context.ops().precision().code();
    Linear first =
        Linear.declare(context.parameters(), "fusion.mlp.0", context.visionWidth(), width);
    Linear second = Linear.declare(context.parameters(), "fusion.mlp.2", width, width);
    weights = List.of(first.weight(), first.bias(), second.weight(), second.bias());
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public VisionFeatures connect(VisionFeatures vision) {
    NDArray features = vision.features();
    return vision.withFeatures(script.call("mlp", features, features, weights, compute));
  }
}
