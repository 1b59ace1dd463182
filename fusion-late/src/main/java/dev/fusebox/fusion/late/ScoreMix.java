package dev.fusebox.fusion.late;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Initializer;

/** How much of the mixed scores is the picture reader's. */
@FunctionalInterface
interface ScoreMix {

  /**
   * Its share λ, (B, 1, 1); 0 where a question has no picture.
   *
   * @param question as it was encoded
   * @param mask (B, P) of the picture
   */
  NDArray share(TextStates question, NDArray mask);

  /** The mix that {@code mix} names, with its parameters declared. */
  static ScoreMix of(LateFusionConfig.Mix mix, FusionContext context, LateScript script) {
    return switch (mix) {
      case MEAN -> (question, mask) -> script.half(mask);
      case LEARNT -> {
        NDArray number =
            context.parameters().declare("late.mix", new Shape(1), Initializer.zeros());
        yield (question, mask) -> script.learntShare(mask, number);
      }
      case GATED -> {
        Linear gate = Linear.declare(context.parameters(), "late.gate", context.width(), 1);
        yield (question, mask) -> script.gatedShare(question.hidden(), question.mask(), mask, gate);
      }
    };
  }
}
