package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Sees;
import dev.fusebox.tensor.Ops;

/** Which pictures each position of the text may attend to. */
final class Visibility {

  private final CrossAttentionScript script;
  private final Ops ops;
  private final boolean latest;
  private final NDArray mask; // (B, S)
  private final NDArray pictures; // int64 (B, S)
  private final NDArray places; // int64 (B, S)
  private final boolean amongText; // whether a picture stands after the beginning of a text
  private final NDArray afterAll; // (B, S)

  /** That of {@code media}, in which one film counts as one picture. */
  Visibility(VisionFeatures media, boolean film, Sees sees, CrossAttentionScript script, Ops ops) {
    this(
        script,
        ops,
        sees == Sees.LATEST && !film,
        media.mask(),
        media.frames(),
        media.places(),
        media.places().max().getLong() > 0);
  }

  private Visibility(
      CrossAttentionScript script,
      Ops ops,
      boolean latest,
      NDArray mask,
      NDArray pictures,
      NDArray places,
      boolean amongText) {
    this.script = script;
    this.ops = ops;
    this.latest = latest;
    this.mask = mask;
    this.pictures = pictures;
    this.places = places;
    this.amongText = amongText;
    this.afterAll = latest ? script.latest(mask, pictures) : mask;
  }

  /** All pictures, wherever they stand: (B, S). */
  NDArray whole() {
    return mask;
  }

  /** For what comes after all pictures, as what is written does: (B, S). */
  NDArray afterAll() {
    return afterAll;
  }

  /** For each of {@code length} positions of the text: (B, T, S), or (B, S) if it is the same. */
  NDArray ofText(long length) {
    if (!amongText) {
      return afterAll;
    }
    NDArray before = script.beforeEach(mask, places, length);
    return latest ? script.latest(before, pictures.expandDims(1)) : before;
  }

  /** For other rows of the batch. */
  Visibility select(NDArray rows) {
    return new Visibility(
        script,
        ops,
        latest,
        ops.selectRows(mask, rows),
        ops.selectRows(pictures, rows),
        ops.selectRows(places, rows),
        amongText);
  }
}
