package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.tensor.Initializer;

/** {@code H + tanh(α) A} with one number α that starts at 0: at first the text model as it is. */
final class TanhGate implements PictureGate {

  private final GatedScript script;
  private final NDArray alpha; // (1)

  TanhGate(FusionContext context, GatedScript script) {
    this.script = script;
    alpha = context.parameters().declare("encoder.gate_alpha", new Shape(1), Initializer.zeros());
  }

  @Override
  public NDArray mix(NDArray hidden, NDArray seen, NDArray mask) {
    return script.mixByTanh(hidden, seen, mask, alpha);
  }

  @Override
  public NDArray share(NDArray hidden, NDArray seen) {
    return alpha.tanh();
  }
}
