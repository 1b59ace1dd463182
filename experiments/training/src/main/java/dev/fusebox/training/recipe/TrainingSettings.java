package dev.fusebox.training.recipe;

import dev.fusebox.file.ChangesNoResult;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.optimize.Optimizer;
import dev.fusebox.training.optimize.Schedule;
import java.util.Optional;

/**
 * {@code training}: how a stage learns.
 *
 * @param learningRate the schedule's peak
 * @param epochs passes over the training questions
 * @param steps optimizer steps; where given, they decide and {@code epochs} does not
 * @param batch questions per optimizer step, on average where batches are filled by tokens
 * @param lengthPool batches whose questions are drawn together and dealt out by length, so that
 *     little is padded; 1 deals them out as drawn. Where kinds of questions differ in length, a
 *     small model learns faster from batches of all kinds
 * @param fill whether batches have equally many questions, or about equally many tokens and {@code
 *     batch} questions on average
 * @param accumulation parts into which a batch is cut to save memory; changes no result
 * @param recompute whether the model's sub-layers are computed again in the backward pass rather
 *     than kept (gradient checkpointing): less memory for a third more time
 * @param optimizer {@code adamw} as torch and today's Trainer have it, {@code adamw-hf} as the
 *     Trainer had it when mm-cot was written, or {@code adafactor}
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled; norms and biases have none
 * @param schedule the learning rate's course after the warm-up
 * @param warmup steps in which it rises from 0
 * @param clip largest global norm of the gradients; 0 lets them be
 * @param labelSmoothing share of the target's probability given to the other words
 * @param dropout as in T5: embeddings, sub-layers, attention weights, and the end of each stack
 * @param precision {@code bfloat16} computes large products in bf16 over fp32 weights
 * @param countPadding whether targets are padded to the longest output and that padding counts in
 *     the loss, as in mm-cot: the model learns to write nothing behind the end mark
 * @param evaluateEvery epochs between two looks at the validation split; 0 looks at the end only
 * @param metric what such a look measures besides the loss, and what {@code keepBest} and {@code
 *     patience} go by
 * @param keepBest whether the weights of the best look are the result, else the last
 * @param patience looks without a gain after which learning ends early
 * @param saveEvery seconds between two states that an interrupted run goes on from; changes no
 *     result
 * @param keepLast how many of those states are kept
 */
public record TrainingSettings(
    double learningRate,
    double epochs,
    Optional<Integer> steps,
    int batch,
    int lengthPool,
    BatchFill fill,
    int accumulation,
    boolean recompute,
    Optimizer optimizer,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    Schedule schedule,
    int warmup,
    double clip,
    double labelSmoothing,
    double dropout,
    Precision precision,
    boolean countPadding,
    double evaluateEvery,
    ValidationMetric metric,
    boolean keepBest,
    Optional<Integer> patience,
    @ChangesNoResult Optional<Integer> saveEvery,
    @ChangesNoResult Optional<Integer> keepLast) {

  /** Seconds between two states where nothing is said. */
  public static final int SAVE_EVERY = 60;

  /** States kept where nothing is said. */
  public static final int KEEP_LAST = 1;

  public TrainingSettings {
    rule(learningRate > 0, "learningRate must be above 0, found " + learningRate);
    rule(epochs > 0, "epochs must be above 0, found " + epochs);
    rule(steps.orElse(1) > 0, "steps must be at least 1, found " + steps.orElse(1));
    rule(batch > 0, "batch must be at least 1, found " + batch);
    rule(lengthPool > 0, "lengthPool must be at least 1, found " + lengthPool);
    rule(
        fill == BatchFill.QUESTIONS || lengthPool > 1,
        "lengthPool must be above 1 where tokens fill a batch, found " + lengthPool);
    rule(
        accumulation > 0 && accumulation <= batch,
        "accumulation must be between 1 and the batch's " + batch + ", found " + accumulation);
    rule(beta1 >= 0 && beta1 < 1, "beta1 must be at least 0 and below 1, found " + beta1);
    rule(beta2 >= 0 && beta2 < 1, "beta2 must be at least 0 and below 1, found " + beta2);
    rule(epsilon > 0, "epsilon must be above 0, found " + epsilon);
    rule(weightDecay >= 0, "weightDecay must be at least 0, found " + weightDecay);
    rule(warmup >= 0, "warmup must be at least 0, found " + warmup);
    rule(clip >= 0, "clip must be at least 0, found " + clip);
    rule(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "labelSmoothing must be at least 0 and below 1, found " + labelSmoothing);
    rule(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1, found " + dropout);
    rule(evaluateEvery >= 0, "evaluateEvery must be at least 0, found " + evaluateEvery);
    rule(patience.orElse(1) > 0, "patience must be at least 1, found " + patience.orElse(1));
    rule(saveEvery.orElse(0) >= 0, "saveEvery must be at least 0, found " + saveEvery.orElse(0));
    rule(keepLast.orElse(1) > 0, "keepLast must be at least 1, found " + keepLast.orElse(1));
  }

  private static void rule(boolean kept, String message) {
    if (!kept) {
      throw new IllegalArgumentException(message);
    }
  }

  /** {@code clip}, or infinity where gradients are let be. */
  public double largestNorm() {
    return clip == 0 ? Double.POSITIVE_INFINITY : clip;
  }

  /** How many labels every target has where padding counts; empty where it does not. */
  public Optional<Integer> countedLength(int longestTarget) {
    return countPadding ? Optional.of(longestTarget) : Optional.empty();
  }

  /** Whether the validation questions are looked at. */
  public boolean looks() {
    return evaluateEvery > 0 || keepBest;
  }

  /** Optimizer steps over {@code questions} training questions. */
  public int stepsFor(int questions) {
    return steps.orElseGet(
        () -> (int) Math.max(1, Math.round(epochs * Math.ceil((double) questions / batch))));
  }
}
