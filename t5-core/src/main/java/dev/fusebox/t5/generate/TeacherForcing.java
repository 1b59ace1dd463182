package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;

/**
 * The model's guess at each token when it is shown the right ones before it. Not generation: a
 * score computed so knows most of the answer. Multimodal-CoT's training loop reports it, so its
 * early figures can only be compared with this.
 */
public final class TeacherForcing {

  private TeacherForcing() {}

  /**
   * Guesses.
   *
   * @param shifted int64 (B, U): the target, shifted right
   * @return the likeliest token at each place of the target, (B, U)
   */
  public static int[][] predict(
      T5Model model, NDArray shifted, TextStates encoded, FusionPass pass) {
    try (Step step = Step.inference(shifted.getManager())) {
      NDArray hidden = model.decode(shifted, encoded, pass, Mode.INFERENCE);
      long[] best = model.logits(hidden, pass).argMax(-1).toLongArray();
      int length = (int) shifted.getShape().get(1);
      int[][] rows = new int[best.length / length][length];
      for (int i = 0; i < best.length; i++) {
        rows[i / length][i % length] = (int) best[i];
      }
      return rows;
    }
  }
}
