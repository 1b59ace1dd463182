package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.FusionPass;

/** The text being written attends to the pictures, all of which stand before it. */
final class DecoderPass implements FusionPass {

  private final Attended attended;
  private final Visibility visibility;

  DecoderPass(Attended attended, Visibility visibility) {
    this.attended = attended;
    this.visibility = visibility;
  }

  @Override
  public NDArray beforeDecoderBlock(int block, NDArray hidden) {
    return attended.has(block)
        ? attended.look(block, hidden, visibility.afterAll(), visibility.whole())
        : hidden;
  }

  /** S: of how many vectors keys and values were computed. */
  long vectors() {
    return attended.vectors();
  }

  @Override
  public Diagnostics diagnostics() {
    return attended.diagnostics();
  }

  @Override
  public DecoderPass select(NDArray rows) {
    return new DecoderPass(attended.select(rows), visibility.select(rows));
  }
}
