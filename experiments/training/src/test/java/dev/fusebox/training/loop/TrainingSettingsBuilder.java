package dev.fusebox.training.loop;

import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.optimize.Adamw;
import dev.fusebox.training.optimize.Course;
import dev.fusebox.training.optimize.Optimizer;
import dev.fusebox.training.optimize.Schedule;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.recipe.SaveSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.recipe.ValidationSettings;
import java.util.Optional;

/**
 * Settings of a training for tests: a constant rate, dropout of 0.1, clipping at 1, and the blocks
 * that a test cares about.
 */
public record TrainingSettingsBuilder(
    int steps,
    Optimizer optimizer,
    BatchSettings batches,
    ValidationSettings validation,
    SaveSettings saves) {

  /** AdamW at a constant rate of 0.01, four questions a step in two parts, dropout. */
  public static TrainingSettings plain(int steps) {
    return learning(steps, 0.01).build();
  }

  /** AdamW, four questions a step in two parts; validated at the end only. */
  public static TrainingSettingsBuilder learning(int steps, double learningRate) {
    return new TrainingSettingsBuilder(
        steps,
        new Adamw(learningRate, 0.9, 0.999, 1e-8, 0.1),
        new BatchSettings(4, BatchFill.QUESTIONS, 50, 2, false),
        new ValidationSettings(0, ValidationMetric.LOSS, false, Optional.empty()),
        new SaveSettings(60, 1));
  }

  /** The same, looking at the validation questions after so many epochs. */
  public TrainingSettingsBuilder validating(double every) {
    return validating(every, validation.metric());
  }

  /** The same, going by a metric. */
  public TrainingSettingsBuilder validating(double every, ValidationMetric metric) {
    return with(new ValidationSettings(every, metric, false, validation.patience()));
  }

  /** The same, with the weights of the best look as the result. */
  public TrainingSettingsBuilder keepingBest() {
    return with(
        new ValidationSettings(
            validation.every(), validation.metric(), true, validation.patience()));
  }

  /** The same, ending after so many looks without a gain. */
  public TrainingSettingsBuilder patient(int looks) {
    return with(
        new ValidationSettings(
            validation.every(), validation.metric(), validation.keepBest(), Optional.of(looks)));
  }

  /** The same with states every so many seconds, of which so many are kept. */
  public TrainingSettingsBuilder saving(int every, int keep) {
    return new TrainingSettingsBuilder(
        steps, optimizer, batches, validation, new SaveSettings(every, keep));
  }

  /** The same with batches of equally many of these. */
  public TrainingSettingsBuilder filling(BatchFill fill) {
    BatchSettings filled = new BatchSettings(4, fill, 50, 2, false);
    return new TrainingSettingsBuilder(steps, optimizer, filled, validation, saves);
  }

  /** The same with batches of one's own. */
  public TrainingSettingsBuilder batching(BatchSettings other) {
    return new TrainingSettingsBuilder(steps, optimizer, other, validation, saves);
  }

  private TrainingSettingsBuilder with(ValidationSettings other) {
    return new TrainingSettingsBuilder(steps, optimizer, batches, other, saves);
  }

  /** What is learnt is to rank the options, without dropout. */
  public TrainingSettings ranking(LearningGoal goal) {
    return build(goal, 0);
  }

  public TrainingSettings build() {
    return build(LearningGoal.LIKELIHOOD, 0.1);
  }

  private TrainingSettings build(LearningGoal goal, double dropout) {
    return new TrainingSettings(
        1,
        Optional.of(steps),
        optimizer,
        new Schedule(Course.CONSTANT, 0),
        batches,
        goal,
        1,
        0,
        dropout,
        Precision.FLOAT32,
        false,
        validation,
        saves);
  }
}
