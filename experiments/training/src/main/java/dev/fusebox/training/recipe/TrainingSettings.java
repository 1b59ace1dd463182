package dev.fusebox.training.recipe;

import dev.fusebox.file.ChangesNoResult;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.optimize.Optimizer;
import dev.fusebox.training.optimize.Schedule;
import java.util.Optional;

/**
 * {@code training}: how a stage is trained.
 *
 * @param epochs passes over the training questions
 * @param steps optimizer steps; where given, they decide and {@code epochs} does not
 * @param optimizer how gradients become steps
 * @param schedule the learning rate over the training
 * @param batches what is learnt from in one step
 * @param loss what is made smaller: {@code likelihood} of the target, or the right option's rank
 * @param clip global gradient norm above which gradients are scaled down (gradient clipping); 0
 *     turns it off
 * @param labelSmoothing share of the target's probability given to the other tokens
 * @param dropout as in T5: embeddings, sub-layers, attention weights, and the end of each stack
 * @param pictureDropout share of the pictures that are left out, drawn anew in each step, so that
 *     the model learns to do without
 * @param precision {@code bfloat16} computes large products in bf16 over fp32 weights
 * @param countPadding whether targets are padded to the longest output and that padding counts in
 *     the loss, as in mm-cot: the model learns to write nothing behind the end mark
 * @param validation measuring on held-out questions during training
 * @param saves the states that an interrupted run goes on from
 * @param replicas copies of the model, each on a device of its own, that learn the parts of a batch
 *     at once; a batch has at least as many parts. Where it has as many anyway, the result is the
 *     same to the bit
 */
public record TrainingSettings(
    double epochs,
    Optional<Integer> steps,
    Optimizer optimizer,
    Schedule schedule,
    BatchSettings batches,
    LearningGoal loss,
    double clip,
    double labelSmoothing,
    double dropout,
    double pictureDropout,
    Precision precision,
    boolean countPadding,
    ValidationSettings validation,
    @ChangesNoResult SaveSettings saves,
    @ChangesNoResult int replicas) {

  /** With every picture in every step, on one device. */
  public TrainingSettings(
      double epochs,
      Optional<Integer> steps,
      Optimizer optimizer,
      Schedule schedule,
      BatchSettings batches,
      LearningGoal loss,
      double clip,
      double labelSmoothing,
      double dropout,
      Precision precision,
      boolean countPadding,
      ValidationSettings validation,
      SaveSettings saves) {
    this(
        epochs,
        steps,
        optimizer,
        schedule,
        batches,
        loss,
        clip,
        labelSmoothing,
        dropout,
        0,
        precision,
        countPadding,
        validation,
        saves,
        1);
  }

  public TrainingSettings {
    Rules.require(epochs > 0, "epochs must be above 0, found " + epochs);
    Rules.require(steps.orElse(1) > 0, "steps must be at least 1, found " + steps.orElse(1));
    Rules.require(clip >= 0, "clip must be at least 0, found " + clip);
    Rules.require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "labelSmoothing must be at least 0 and below 1, found " + labelSmoothing);
    Rules.require(
        loss.ranking().isEmpty() || labelSmoothing == 0,
        "labelSmoothing must be 0 where loss = ranked, which compares options and not tokens, found "
            + labelSmoothing);
    Rules.require(
        loss.ranking().isEmpty() || !countPadding,
        "countPadding must be false where loss = ranked, since options are not padded, found true");
    Rules.require(
        dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1, found " + dropout);
    Rules.require(
        pictureDropout >= 0 && pictureDropout < 1,
        "pictureDropout must be at least 0 and below 1, found " + pictureDropout);
    Rules.require(
        replicas > 0 && replicas <= batches.size(),
        "replicas must be between 1 and the batch's " + batches.size() + ", found " + replicas);
    batches = batches.inAtLeast(replicas);
  }

  /** The same with other batches. */
  public TrainingSettings with(BatchSettings others) {
    return new TrainingSettings(
        epochs,
        steps,
        optimizer,
        schedule,
        others,
        loss,
        clip,
        labelSmoothing,
        dropout,
        pictureDropout,
        precision,
        countPadding,
        validation,
        saves,
        replicas);
  }

  /** {@code clip}, or infinity where gradients are not clipped. */
  public double largestNorm() {
    return clip == 0 ? Double.POSITIVE_INFINITY : clip;
  }

  /** How many labels every target has where padding counts; empty where it does not. */
  public Optional<Integer> countedLength(int longestTarget) {
    return countPadding ? Optional.of(longestTarget) : Optional.empty();
  }

  /** Optimizer steps over {@code questions} training questions. */
  public int stepsFor(int questions) {
    return steps.orElseGet(
        () ->
            (int) Math.max(1, Math.round(epochs * Math.ceil((double) questions / batches.size()))));
  }
}
