package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.List;
import java.util.Optional;

/**
 * The face of {@code crossattn.py}.
 *
 * <p>Letters: B batch, T text length, P vectors of the pictures, M pictures, N latents, S vectors
 * attended to, D width, W width of those vectors, H heads, K width of a head.
 */
final class CrossAttentionScript {

  /**
   * The weights of the attention of an inserted block.
   *
   * @param norm (D)
   * @param query (H·K, D)
   * @param output (D, H·K)
   */
  record TextAttention(Normalization norm, NDArray query, NDArray output) {}

  /**
   * The weights of an inserted block.
   *
   * @param gate (1)
   * @param denseGate (1)
   */
  record BlockWeights(
      TextAttention attention,
      Optional<NDArray> gate,
      Optional<PreNormFeedForward> dense,
      Optional<NDArray> denseGate) {}

  static final ScriptSource SOURCE = new ScriptSource(CrossAttentionScript.class, "crossattn.py");

  private final TorchScript script;
  private final int compute;

  CrossAttentionScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  CrossAttentionScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /**
   * An inserted block: (B, T, D) to (B, T, D).
   *
   * @param memory keys and values (B, S, 2·H·K)
   * @param mask (B, S) or (B, T, S)
   * @param whole (B, S), the mask of all pictures, wherever they stand
   * @param blindMean whether text before all pictures sees the mean of all
   */
  NDArray block(
      NDArray x,
      NDArray memory,
      NDArray mask,
      NDArray whole,
      boolean blindMean,
      BlockWeights weights,
      int heads) {
    TextAttention attention = weights.attention();
    return script.segment(
        "block",
        x,
        memory,
        mask,
        whole,
        blindMean,
        attention.norm().weight(),
        attention.norm().bias(),
        attention.query(),
        attention.output(),
        weights.gate(),
        weights.dense(),
        weights.denseGate(),
        heads,
        compute);
  }

  /** The weights (B, T, S) of a block's attention, heads averaged. */
  NDArray blockWeights(
      NDArray x, NDArray memory, NDArray mask, TextAttention attention, int heads) {
    return script.call(
        "block_weights",
        x,
        memory,
        mask,
        attention.norm().weight(),
        attention.norm().bias(),
        attention.query(),
        heads,
        compute);
  }

  /** {@code second(gelu(first(x)))} on each vector. */
  NDArray mlp(NDArray x, Linear first, Linear second) {
    return script.call(
        "mlp", x, first.weight(), first.bias(), second.weight(), second.bias(), compute);
  }

  /** Vectors (B, P, W) with a row of the table (frames, W) added, by their frames (B, P). */
  NDArray addFrames(NDArray x, NDArray frames, NDArray table) {
    return script.call("add_frames", x, frames, table);
  }

  /**
   * A picture's vectors as N latents: (B, N, W).
   *
   * @param media (B, P, W)
   * @param mask (B, P)
   * @param latents (N, W)
   * @param last the norm after all layers
   */
  NDArray resample(
      NDArray media,
      NDArray mask,
      NDArray latents,
      List<PerceiverLayer> layers,
      Normalization last,
      int heads) {
    return script.call(
        "resample", media, mask, latents, layers, last.weight(), last.bias(), heads, compute);
  }

  /** How much each latent took from each vector in the last layer: (B, N, P), summing to 1. */
  NDArray latentWeights(
      NDArray media, NDArray mask, NDArray latents, List<PerceiverLayer> layers, int heads) {
    return script.call("latent_weights", media, mask, latents, layers, heads, compute);
  }

  /** The same vectors for each picture of a question: (B, P, W) to (B·M, P, W). */
  NDArray eachPicture(NDArray x, int pictures) {
    return script.call("each_picture", x, pictures);
  }

  /** The mask of each picture alone: (B, P) and the frames (B, P) to (B·M, P). */
  NDArray maskOfEach(NDArray mask, NDArray frames, int pictures) {
    return script.call("mask_of_each", mask, frames, pictures);
  }

  /**
   * The pictures of a question in a row: (B, M·N, W), mask, pictures and places (B, M·N).
   *
   * @param latents (B·M, N, W)
   * @param mask (B·M, P)
   * @param places int64 (B, P)
   */
  NDList gatherPictures(NDArray latents, NDArray mask, NDArray places, int pictures) {
    return script.callForList("gather_pictures", latents, mask, places, pictures);
  }

  /** Of what a mask (…, S) shows, that of the last picture; pictures broadcast to it. */
  NDArray latest(NDArray mask, NDArray pictures) {
    return script.call("latest", mask, pictures);
  }

  /** What stands before each of so many text positions: (B, S) to (B, T, S). */
  NDArray beforeEach(NDArray mask, NDArray places, long length) {
    return script.call("before_each", mask, places, length);
  }
}
