package dev.fusebox.training.task;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a model learn. */
public interface StageTrainer {

  /** Where below its directory a trainer leaves the finished model, as Hugging Face lays it out. */
  String CHECKPOINT = "checkpoint";

  /**
   * Learns until the end, or until {@link StageProgress#cancelled}. The directory is the trainer's
   * own: what an earlier, interrupted call left there is taken up, with the same bits as if nothing
   * had happened. On return it holds {@link #CHECKPOINT} and {@code metrics.jsonl}, and nothing
   * that is needed for going on only.
   *
   * @return what was computed from the first step on, by interrupted calls too
   * @throws StageCancelled after saving, if it was asked to stop
   * @throws dev.fusebox.file.UserError if the task cannot be done as configured
   */
  TokenCount train(TrainingTask task, Path directory, StageProgress progress) throws IOException;
}
