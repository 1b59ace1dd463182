package dev.fusebox.training.recipe;

import dev.fusebox.training.batch.BatchFill;

/**
 * {@code training.batches}: what is learnt from in one step, and how it fits into memory.
 *
 * @param size questions per optimizer step, on average where batches are filled by tokens
 * @param fill whether batches have equally many questions, or about equally many tokens and {@code
 *     size} questions on average
 * @param lengthPool batches whose questions are drawn together and dealt out by length, so that
 *     little is padded (length bucketing); 1 deals them out as drawn. Where kinds of questions
 *     differ in length, a small model learns faster from batches of all kinds
 * @param accumulation parts into which a batch is cut to save memory (gradient accumulation)
 * @param recompute whether the model's sub-layers are computed again in the backward pass rather
 *     than kept (gradient checkpointing): less memory for a third more time
 */
public record BatchSettings(
    int size, BatchFill fill, int lengthPool, int accumulation, boolean recompute) {

  public BatchSettings {
    Rules.require(size > 0, "size must be at least 1, found " + size);
    Rules.require(lengthPool > 0, "lengthPool must be at least 1, found " + lengthPool);
    Rules.require(
        fill == BatchFill.QUESTIONS || lengthPool > 1,
        "lengthPool must be above 1 where tokens fill a batch, found " + lengthPool);
    Rules.require(
        accumulation > 0 && accumulation <= size,
        "accumulation must be between 1 and the batch's " + size + ", found " + accumulation);
  }

  /** The same in so many parts, or in more where they are more already. */
  BatchSettings inAtLeast(int parts) {
    return parts <= accumulation
        ? this
        : new BatchSettings(size, fill, lengthPool, parts, recompute);
  }
}
