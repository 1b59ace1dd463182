package dev.fusebox.training.loop;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Ops;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a batch costs.
 *
 * @param loss all of it, to learn from
 * @param beside what a fusion adds to it, by name
 */
record StepLoss(Loss loss, Map<String, NDArray> beside) {

  /**
   * With the losses that a fusion adds, which are means over the batch.
   *
   * @param share of the step that the batch is
   */
  static StepLoss of(Loss loss, FusionPass pass, double share, Ops ops) {
    Loss sum = loss;
    Map<String, NDArray> beside = new LinkedHashMap<>();
    for (Map.Entry<String, NDArray> auxiliary : pass.auxiliaryLosses().entrySet()) {
      NDArray scaled = ops.scale(auxiliary.getValue(), share);
      beside.put(auxiliary.getKey(), scaled);
      sum = sum.plus(ops.loss(scaled));
    }
    return new StepLoss(sum, beside);
  }
}
