package dev.fusebox.training.loop;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.model.EncodedBatch;

/** How far a model is from writing the targets when it is given the gold words before each word. */
record TargetLoss(T5Model model, double smoothing) implements BatchLoss {

  @Override
  public StepLoss of(Batch batch, double divisor, double share, Step step) {
    Forced forced = forced(batch, Mode.TRAINING, step);
    FusionPass pass = forced.pass();
    Loss loss = model.loss(forced.hidden(), forced.labels(), pass, smoothing, divisor);
    return StepLoss.of(loss, pass, share, model.ops());
  }

  @Override
  public double sum(Batch batch, Step step) {
    Forced forced = forced(batch, Mode.INFERENCE, step);
    FusionPass pass = forced.pass();
    double sum;
    try (NDArray logits = model.logits(forced.hidden(), pass)) {
      sum = model.ops().crossEntropy(logits, forced.labels(), smoothing, 1).getFloat();
    }
    return sum + BatchLoss.auxiliary(pass) * batch.counted();
  }

  @Override
  public int counted(Batch batch) {
    return batch.counted();
  }

  /** The decoder's states (B, U, D), given the gold words before each word. */
  private record Forced(FusionPass pass, NDArray hidden, NDArray labels) {}

  private Forced forced(Batch batch, Mode mode, Step step) {
    EncodedBatch reading = EncodedBatch.of(model, batch, mode, step);
    NDArray inputs = batch.inputs().ids(step.manager()); // (B, U)
    NDArray hidden = model.decode(inputs, reading.encoded(), reading.pass(), mode);
    return new Forced(reading.pass(), hidden, batch.labels().ids(step.manager()));
  }
}
