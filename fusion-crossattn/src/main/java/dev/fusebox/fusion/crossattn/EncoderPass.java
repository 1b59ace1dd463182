package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.TextStates;

/**
 * The input attends to the pictures while it is encoded. The decoder takes no part, so no rows need
 * to be selected.
 */
final class EncoderPass implements FusionPass {

  private final Attended attended;
  private final Visibility visibility;
  private final boolean inside;

  /**
   * A pass over a batch.
   *
   * @param inside between self-attention and feed-forward of the blocks, not before them
   */
  EncoderPass(Attended attended, Visibility visibility, boolean inside) {
    this.attended = attended;
    this.visibility = visibility;
    this.inside = inside;
  }

  @Override
  public TextStates beforeEncoderBlock(int block, TextStates text) {
    return inside ? text : look(block, text);
  }

  @Override
  public TextStates afterSelfAttention(int block, TextStates text) {
    return inside ? look(block, text) : text;
  }

  private TextStates look(int block, TextStates text) {
    if (!attended.has(block)) {
      return text;
    }
    NDArray hidden = text.hidden(); // (B, T, D)
    NDArray mask = visibility.ofText(hidden.getShape().get(1));
    return text.withHidden(attended.look(block, hidden, mask, visibility.whole()));
  }

  /** S: of how many vectors keys and values were computed. */
  long vectors() {
    return attended.vectors();
  }

  @Override
  public Diagnostics diagnostics() {
    return attended.diagnostics();
  }
}
