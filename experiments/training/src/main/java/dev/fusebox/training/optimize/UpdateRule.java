package dev.fusebox.training.optimize;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Moves parameters along their gradients. */
public sealed interface UpdateRule permits AdamwRule, AdafactorRule {

  /**
   * Changes the parameters in place; does nothing if {@code norm} is not finite.
   *
   * @param gradients in the order of {@link TrainableParameters}; one without numbers leaves its
   *     parameter as it is. Their values are spent afterwards.
   * @param norm of all gradients together, a scalar
   * @param step counts from 1
   * @param rate the learning rate of this step
   */
  void update(List<NDArray> gradients, NDArray norm, long step, double rate);

  /** What a checkpoint must hold: name to array. Values change in place. */
  Map<String, NDArray> state();
}
