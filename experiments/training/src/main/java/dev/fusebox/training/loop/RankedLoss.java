package dev.fusebox.training.loop;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.OptionsOfBatch;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.recipe.DecodingMode;

/**
 * How far a model is from ranking the right option first: cross entropy over a question's options,
 * whose scores are the log probabilities of their texts.
 *
 * @param mode whether scores are per token
 */
record RankedLoss(T5Model model, DecodingMode mode) implements BatchLoss {

  private static final double NO_SMOOTHING = 0;

  @Override
  public StepLoss of(Batch batch, double divisor, double share, Step step) {
    EncodedBatch reading = EncodedBatch.of(model, batch, Mode.TRAINING, step);
    OptionsOfBatch options = batch.options().orElseThrow();
    Loss loss =
        model.choiceLoss(
            options.place(step.manager()),
            options.right(step.manager()),
            reading.encoded(),
            reading.pass(),
            mode.perToken(),
            divisor,
            Mode.TRAINING);
    return StepLoss.of(loss, reading.pass(), share, model.ops());
  }

  @Override
  public double sum(Batch batch, Step step) {
    EncodedBatch reading = EncodedBatch.of(model, batch, Mode.INFERENCE, step);
    OptionsOfBatch options = batch.options().orElseThrow();
    NDArray scores = reading.optionScores(model, options, mode.perToken(), step); // (B, K)
    NDArray right = options.right(step.manager());
    double sum = model.ops().crossEntropy(scores, right, NO_SMOOTHING, 1).getFloat();
    return sum + BatchLoss.auxiliary(reading.pass()) * counted(batch);
  }

  @Override
  public int counted(Batch batch) {
    return batch.ids().size();
  }
}
