package dev.fusebox.experiments.train;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;

/** How far a model is from writing the targets when it is given the gold words before each word. */
record TargetLoss(T5Model model, double smoothing) {

  /**
   * Cross entropy over what counts, and the losses that the fusion adds.
   *
   * @param divisor how many labels count in all parts of the step together
   * @return a scalar
   */
  NDArray of(Batch batch, Mode mode, double divisor, Step step) {
    Reading reading = Reading.of(model, batch, mode, step);
    FusionPass pass = reading.pass();
    NDArray inputs = batch.inputs().ids(step.manager()); // (B, U)
    NDArray logits =
        model.logits(model.decode(inputs, reading.encoded(), pass, mode), pass); // (B, U, V)
    NDArray labels = batch.labels().ids(step.manager());
    NDArray loss = model.ops().crossEntropy(logits, labels, smoothing, divisor);
    logits.close(); // as large as all weights: nothing needs it any more
    double share = batch.counted() / divisor;
    for (NDArray auxiliary : pass.auxiliaryLosses()) {
      loss = loss.add(model.ops().scale(auxiliary, share));
    }
    return loss;
  }
}
