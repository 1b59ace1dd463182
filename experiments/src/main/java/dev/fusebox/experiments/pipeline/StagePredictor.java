package dev.fusebox.experiments.pipeline;

import dev.fusebox.experiments.evaluate.Prediction;
import java.io.IOException;
import java.util.List;

/** Lets a trained model write. */
public interface StagePredictor {

  /**
   * One prediction for each example, in their order.
   *
   * @throws StageCancelled if it was asked to stop; nothing is kept
   */
  List<Prediction> predict(PredictionTask task, StageProgress progress) throws IOException;
}
