package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.TorchScript;
import java.util.List;

/** {@code (1 - λ) H + λ A} with {@code λ = σ(W [H; A] + b)}. */
final class SigmoidGate implements PictureGate {

  private final TorchScript script;
  private final int compute;
  private final List<NDArray> weights; // (D, 2D), and (D) unless without a bias

  SigmoidGate(boolean bias, FusionContext context, TorchScript script) {
    this.script = script;
    compute = context.ops().precision().code();
    weights = weights("encoder.gate_dense", bias, context);
  }

  private static List<NDArray> weights(String name, boolean bias, FusionContext context) {
    Parameters parameters = context.parameters();
    long d = context.width();
    if (bias) {
      PublishedNames.of(parameters, name, ".weight", ".bias");
      Linear linear = Linear.declare(parameters, name, 2 * d, d);
      return List.of(linear.weight(), linear.bias());
    }
    PublishedNames.of(parameters, name, ".weight");
    return List.of(Linear.weight(parameters, name, 2 * d, d));
  }

  @Override
  public NDArray mix(NDArray hidden, NDArray seen, NDArray mask) {
    return script.call("mix_by_sigmoid", hidden, hidden, seen, mask, weights, compute);
  }

  @Override
  public NDArray share(NDArray hidden, NDArray seen) {
    return script.call("sigmoid_share", hidden, hidden, seen, weights, compute);
  }
}
