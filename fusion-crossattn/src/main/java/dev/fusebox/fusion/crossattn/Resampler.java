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
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.TorchScript;
import java.util.ArrayList;
import java.util.List;

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

  private final TorchScript script;
  private final int width;
  private final int heads;
  private final int compute;
  private final boolean film;
  private final Linear projection; // (W, V)
  private final NDArray latents; // (N, W)
  private final List<NDArray> layers; // eleven arrays each, see resample in crossattn.py
  private final Normalization last; // (W)

  /**
   * Declares {@code fusion.projection.*} and {@code fusion.resampler.*}.
   *
   * @param film whether all frames are resampled together
   */
  Resampler(
      int width, boolean film, ResamplerConfig config, FusionContext context, TorchScript script) {
    this.script = script;
    this.width = width;
    this.film = film;
    heads = config.heads();
    compute = context.ops().precision().code();
    Parameters parameters = context.parameters();
    projection = Linear.declare(parameters, "fusion.projection", context.visionWidth(), width);
    latents =
        parameters.declare(
            "fusion.resampler.latents",
            new Shape(config.latents(), width),
            Initializer.normal(1)); // as in open_flamingo
    layers = new ArrayList<>();
    long inner = (long) config.heads() * config.headWidth();
    for (int i = 0; i < config.layers(); i++) {
      layers.addAll(layer("fusion.resampler.layers." + i, inner, context));
    }
    last = Normalization.declare(parameters, "fusion.resampler.norm", width);
  }

  private List<NDArray> layer(String name, long inner, FusionContext context) {
    Parameters parameters = context.parameters();
    Normalization media = Normalization.declare(parameters, name + ".0.norm_media", width);
    Normalization latent = Normalization.declare(parameters, name + ".0.norm_latents", width);
    List<NDArray> arrays =
        new ArrayList<>(List.of(media.weight(), media.bias(), latent.weight(), latent.bias()));
    arrays.add(Linear.weight(parameters, name + ".0.to_q", width, inner));
    arrays.add(Linear.weight(parameters, name + ".0.to_kv", width, 2 * inner));
    arrays.add(Linear.weight(parameters, name + ".0.to_out", inner, width));
    arrays.addAll(InsertedBlock.feedForward(name + ".1", width, 4L * width, context));
    return arrays;
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
    NDArray x = vision.features();
    return vision.withFeatures(
        script.call("linear_bias", x, x, projection.weight(), projection.bias(), compute));
  }

  /** Resamples what is as wide as the latents: (B, P, W) to (B, M·N, W). */
  VisionFeatures resample(VisionFeatures media) {
    Batch batch = batch(media);
    NDArray x = batch.media();
    List<NDArray> norm = List.of(last.weight(), last.bias());
    NDArray resampled =
        script.call("resample", x, x, batch.mask(), latents, layers, norm, heads, compute);
    NDList gathered =
        script.callForList(
            "gather_pictures", x, resampled, batch.mask(), media.places(), batch.pictures());
    return new VisionFeatures(gathered.get(0), gathered.get(1), gathered.get(2), gathered.get(3));
  }

  @Override
  public NDArray traced(NDArray weights, VisionFeatures vision) {
    Batch batch = batch(projected(vision));
    NDArray x = batch.media();
    NDArray taken =
        script.call("latent_weights", x, x, batch.mask(), latents, layers, heads, compute);
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
    NDArray mask = script.call("mask_of_each", x, media.mask(), frames, pictures);
    return new Batch(
        pictures == 1 ? x : script.call("each_picture", x, x, pictures), mask, pictures);
  }
}
