package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.FusionPass;

/** What is written looks at the pictures; all of them stand before it. */
final class DecoderPass implements FusionPass {

  private final Attended attended;
  private final Sight sight;

  DecoderPass(Attended attended, Sight sight) {
    this.attended = attended;
    this.sight = sight;
  }

  @Override
  public NDArray beforeDecoderBlock(int block, NDArray hidden) {
    return attended.has(block)
        ? attended.look(block, hidden, sight.afterAll(), sight.whole())
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
    return new DecoderPass(attended.select(rows), sight.select(rows));
  }
}
