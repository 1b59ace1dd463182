package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Parameters;
import java.util.Optional;

/** {@code (1 - λ) H + λ A} with {@code λ = σ(W [H; A] + b)}. */
final class SigmoidGate implements PictureGate {

  private final GatedScript script;
  private final NDArray weight; // (D, 2D)
  private final Optional<NDArray> bias; // (D)

  SigmoidGate(boolean withBias, FusionContext context, GatedScript script) {
    this.script = script;
    String name = "encoder.gate_dense";
    Parameters parameters = context.parameters();
    long d = context.width();
    PublishedNames.of(
        parameters, name, withBias ? new String[] {".weight", ".bias"} : new String[] {".weight"});
    weight = Linear.weight(parameters, name, 2 * d, d);
    bias = withBias ? Optional.of(Linear.bias(parameters, name, 2 * d, d)) : Optional.empty();
  }

  @Override
  public NDArray mix(NDArray hidden, NDArray seen, NDArray mask) {
    return script.mixBySigmoid(hidden, seen, mask, weight, bias);
  }

  @Override
  public NDArray share(NDArray hidden, NDArray seen) {
    return script.sigmoidShare(hidden, seen, weight, bias);
  }
}
