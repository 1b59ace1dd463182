package dev.fusebox.fusion.bilinear;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.util.Optional;

/** {@code attention(query(h), key(picture), value(picture))}, each position its own. */
final class AttendedPicture implements SeenPicture {

  private final Ops ops;
  private final BilinearScript script;
  private final int heads;
  private final int width;
  private final Linear query; // (D, D)
  private final Linear key; // (D, V)
  private final Linear value; // (D, V)

  AttendedPicture(int heads, FusionContext context, BilinearScript script) {
    this.ops = context.ops();
    this.script = script;
    this.heads = heads;
    width = context.width();
    Parameters parameters = context.parameters();
    query = Linear.declare(parameters, "bilinear.query", width, width);
    key = Linear.declare(parameters, "bilinear.key", context.visionWidth(), width);
    value = Linear.declare(parameters, "bilinear.value", context.visionWidth(), width);
  }

  @Override
  public long width() {
    return width;
  }

  @Override
  public Memory remember(VisionFeatures vision) {
    NDArray keys = key.apply(ops, vision.features()); // (B, P, D)
    NDArray values = value.apply(ops, vision.features());
    return new Memory() {
      @Override
      public NDArray seenBy(NDArray hidden) {
        return script.look(hidden, keys, values, vision.mask(), query, heads);
      }

      @Override
      public Optional<NDArray> weights(NDArray hidden) {
        return Optional.of(script.weights(hidden, keys, vision.mask(), query, heads));
      }
    };
  }
}
