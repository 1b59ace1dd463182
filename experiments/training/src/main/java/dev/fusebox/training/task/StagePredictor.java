package dev.fusebox.training.task;

import java.io.IOException;

/** Lets a trained model write. */
public interface StagePredictor {

  /**
   * Writes for each example.
   *
   * @throws StageCancelled if it was asked to stop; nothing is kept
   */
  Predicted predict(PredictionTask task, StageProgress progress) throws IOException;
}
