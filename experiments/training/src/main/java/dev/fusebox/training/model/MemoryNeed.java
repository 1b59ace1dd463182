package dev.fusebox.training.model;

import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.optimize.Optimizer;
import dev.fusebox.training.recipe.TrainingSettings;

/**
 * The memory that training a stage takes, in bytes, told from shapes before anything is loaded.
 *
 * @param weights of the model
 * @param optimizer its state
 * @param gradients of all that learns
 * @param activations what the forward pass keeps for the backward pass, of one part of a batch
 * @param program Java, libtorch and what they need besides
 * @param inParts whether a device learns several parts of a batch, whose gradients are kept while
 *     the next part is learnt
 * @param replicas devices that learn at once; the first alone has the optimizer
 */
public record MemoryNeed(
    long weights,
    long optimizer,
    long gradients,
    long activations,
    long program,
    boolean inParts,
    int replicas) {

  /** Measured: a model of a few numbers, with 20,000 questions. */
  static final long PROGRAM = 600L << 20;

  /**
   * Measured, on transformers of 22 and 86 million weights: the backward pass through a backbone
   * and the gaps between its large arrays take half as much again as what is kept for it.
   */
  private static final double BACKWARD_SHARE = 1.5;

  /**
   * What goes through a stage at once.
   *
   * @param source tokens that are read, at most
   * @param target tokens that are written, at most
   * @param patches vectors of a picture; 0 without
   * @param visionWidth of each
   */
  public record InputSizes(int source, int target, int patches, int visionWidth) {}

  /**
   * A backbone that pictures go through on the way to the model, in numbers.
   *
   * @param learning weights that are trained
   * @param frozen weights that are not
   * @param kept of the pictures of one question, for the backward pass
   */
  public record Backbone(long learning, long frozen, long kept) {

    /** Pictures come as vectors. */
    public static final Backbone NONE = new Backbone(0, 0, 0);
  }

  /** Of a stage's training. */
  public static MemoryNeed of(
      T5Config config,
      ModelSize size,
      TrainingSettings training,
      InputSizes lengths,
      Backbone backbone) {
    int rows = training.batches().size();
    int parts = training.batches().accumulation();
    int atOnce = (rows + parts - 1) / parts;
    Activations activations =
        new Activations(
            config,
            atOnce,
            lengths,
            training.precision() == Precision.BFLOAT16 ? 2 : 4,
            training.dropout() > 0,
            size.frozen() == 0 || size.learning() > size.frozen());
    long learning = size.learning() + backbone.learning();
    return new MemoryNeed(
        size.weightBytes() + (backbone.learning() + backbone.frozen()) * Float.BYTES,
        stateNumbers(training.optimizer()) * learning * Float.BYTES,
        learning * Float.BYTES,
        (training.batches().recompute() ? activations.recomputed() : activations.kept())
            + (long) (BACKWARD_SHARE * atOnce * backbone.kept() * Float.BYTES),
        PROGRAM,
        parts > training.replicas(),
        training.replicas());
  }

  /** Numbers per parameter. */
  private static long stateNumbers(Optimizer optimizer) {
    return optimizer.statesPerWeight();
  }

  /**
   * At its height: either with all that the forward pass left, or with all gradients, when that is
   * used up; beside either, those of the parts before. On the first device where there are several.
   */
  public long total() {
    return program + optimizer + ofReplica();
  }

  /** Of all replicas together, where they share one memory. */
  public long totalOfReplicas() {
    return program + optimizer + replicas * ofReplica();
  }

  private long ofReplica() {
    return weights + (inParts ? gradients : 0) + Math.max(activations, gradients);
  }
}
