package dev.fusebox.fusion.@name@;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;

/**
 * Replace this by the formula, and its source:
 *
 * <pre>
 * H = H + tanh(gate) · (W · mean(features) + b)          once, after the encoder
 * </pre>
 */
final class @Name@Fusion implements Fusion {

  private final Ops ops;
  private final @Name@Script script;
  private final Linear projection; // (D, V)
  private final NDArray gate; // (1)

  @Name@Fusion(@Name@FusionConfig config, FusionContext context) {
    ops = context.ops();
    script = new @Name@Script(ops);
    projection =
        Linear.declare(
            context.parameters(), "fusion.projection", context.visionWidth(), context.width());
    Initializer start = Initializer.constant(config.gateInit());
    gate = context.parameters().declare("fusion.gate", new Shape(1), start);
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    NDArray mean = script.visibleMean(vision.features(), vision.mask()); // (B, 1, V)
    return new Pass(projection.apply(ops, mean), vision.mask());
  }

  private final class Pass implements FusionPass {

    private final NDArray picture; // (B, 1, D)
    private final NDArray mask; // (B, P)

    private Pass(NDArray picture, NDArray mask) {
      this.picture = picture;
      this.mask = mask;
    }

    @Override
    public TextStates afterEncoder(TextStates text) {
      return text.withHidden(script.add(text.hidden(), picture, mask, gate));
    }
  }
}
