package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.ResamplerConfig;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A linear map, then Flamingo's Perceiver resampler with open_flamingo's names: however many
 * vectors a picture has, the text sees N of them.
 *
 * <pre>
 * x = x + attention(query = norm(x), key = value = [norm(media); norm(x)])
 * x = x + down(gelu(up(norm(x))))                                     and so on; last, a norm
 * </pre>
 */
final class Resampler implements PictureConnector {

  private final CrossAttentionScript script;
  private final Ops ops;
  private final int width;
  private final int heads;
  private final boolean film;
  private final Linear projection; // (W, V)
  private final NDArray latents; // (N, W)
  private final List<PerceiverLayer> layers;
  private final Normalization last; // (W)

  /**
   * Declares {@code fusion.projection.*} and {@code fusion.resampler.*}.
   *
   * @param film whether all frames are resampled together
   */
  Resampler(
      int width,
      boolean film,
      ResamplerConfig config,
      FusionContext context,
      CrossAttentionScript script) {
    this.script = script;
    this.width = width;
    this.film = film;
    heads = config.heads();
    ops = context.ops();
    Parameters parameters = context.parameters();
    projection = Linear.declare(parameters, "fusion.projection", context.visionWidth(), width);
    latents =
        parameters.declare(
            "fusion.resampler.latents",
            new Shape(config.latents(), width),
            Initializer.normal(1)); // as in open_flamingo
    long inner = (long) config.heads() * config.headWidth();
    layers =
        IntStream.range(0, config.layers())
            .mapToObj(i -> "fusion.resampler.layers." + i)
            .map(name -> PerceiverLayer.declare(name, width, inner, context))
            .toList();
    last = Normalization.declare(parameters, "fusion.resampler.norm", width);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public VisionFeatures connect(VisionFeatures vision) {
    return resample(projected(vision));
  }

  private VisionFeatures projected(VisionFeatures vision) {
    return vision.withFeatures(projection.apply(ops, vision.features()));
  }

  /** Resamples what is as wide as the latents: (B, P, W) to (B, M·N, W). */
  VisionFeatures resample(VisionFeatures media) {
    Batch batch = batch(media);
    NDArray resampled = script.resample(batch.media(), batch.mask(), latents, layers, last, heads);
    NDList gathered =
        script.gatherPictures(resampled, batch.mask(), media.places(), batch.pictures());
    return new VisionFeatures(gathered.get(0), gathered.get(1), gathered.get(2), gathered.get(3));
  }

  @Override
  public NDArray traced(NDArray weights, VisionFeatures vision) {
    Batch batch = batch(projected(vision));
    NDArray taken = script.latentWeights(batch.media(), batch.mask(), latents, layers, heads);
    long rows = vision.mask().getShape().get(0);
    return weights.matMul(taken.reshape(rows, -1, vision.patches())); // (B, T, P)
  }

  /**
   * A row for each picture of each question.
   *
   * @param media (B·M, P, W)
   * @param mask (B·M, P)
   * @param pictures M
   */
  private record Batch(NDArray media, NDArray mask, int pictures) {}

  private Batch batch(VisionFeatures media) {
    NDArray x = media.features();
    int pictures = film ? 1 : (int) (media.frames().max().getLong() + 1);
    NDArray frames = film ? media.frames().zerosLike() : media.frames();
    NDArray mask = script.maskOfEach(media.mask(), frames, pictures);
    return new Batch(pictures == 1 ? x : script.eachPicture(x, pictures), mask, pictures);
  }
}
