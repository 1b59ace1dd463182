package dev.fusebox.fusion.bilinear;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.VisionFeatures;
import java.util.Optional;

/** The mean of its vectors, the same for all positions. */
final class PooledPicture implements SeenPicture {

  private final BilinearScript script;
  private final int width;

  PooledPicture(FusionContext context, BilinearScript script) {
    this.script = script;
    width = context.visionWidth();
  }

  @Override
  public long width() {
    return width;
  }

  @Override
  public Memory remember(VisionFeatures vision) {
    NDArray mean = script.mean(vision.features(), vision.mask()); // (B, 1, V)
    return new Memory() {
      @Override
      public NDArray seenBy(NDArray hidden) {
        return mean;
      }

      @Override
      public Optional<NDArray> weights(NDArray hidden) {
        return Optional.empty();
      }
    };
  }
}
