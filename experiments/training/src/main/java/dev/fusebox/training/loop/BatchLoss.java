package dev.fusebox.training.loop;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.recipe.TrainingSettings;

/** What a batch costs a model. */
sealed interface BatchLoss permits TargetLoss, RankedLoss {

  /** The loss that {@code training.loss} names. */
  static BatchLoss of(T5Model model, TrainingSettings settings) {
    return of(model, settings.loss(), settings.labelSmoothing());
  }

  /** The same without smoothing. */
  static BatchLoss plain(T5Model model, LearningGoal goal) {
    return of(model, goal, 0);
  }

  private static BatchLoss of(T5Model model, LearningGoal goal, double smoothing) {
    return goal.ranking()
        .<BatchLoss>map(mode -> new RankedLoss(model, mode))
        .orElseGet(() -> new TargetLoss(model, smoothing));
  }

  /**
   * What to learn from, and the losses that the fusion adds.
   *
   * @param divisor how much counts ({@link #counted}) in all parts of the step together
   * @param share of the step's questions that are in the batch
   */
  StepLoss of(Batch batch, double divisor, double share, Step step);

  /** The same number, nothing to learn from and no dropout: the sum over what counts. */
  double sum(Batch batch, Step step);

  /** How much of a batch counts: labels or questions. */
  int counted(Batch batch);

  /** What a fusion adds. */
  static double auxiliary(FusionPass pass) {
    return pass.auxiliaryLosses().values().stream().mapToDouble(NDArray::getFloat).sum();
  }
}
