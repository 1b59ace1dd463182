package dev.fusebox.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.training.optimize.TrainingScript.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/** All parameters of a group in one call; clipping happens in the same pass. */
final class AdamwRule implements UpdateRule {

  private final Adamw settings;
  private final LongToDoubleFunction epsilon;
  private final TrainableParameters learning;
  private final TrainingScript script;
  private final double largestNorm;
  private final List<NDArray> firsts;
  private final List<NDArray> seconds;

  /**
   * The rule with fresh state.
   *
   * @param epsilon what is added to the corrected root at a step, which counts from 1
   */
  AdamwRule(
      Adamw settings,
      LongToDoubleFunction epsilon,
      TrainableParameters learning,
      TrainingScript script,
      double largestNorm) {
    this.settings = settings;
    this.epsilon = epsilon;
    this.learning = learning;
    this.script = script;
    this.largestNorm = largestNorm;
    this.firsts = zeros(learning);
    this.seconds = zeros(learning);
  }

  private static List<NDArray> zeros(TrainableParameters learning) {
    return learning.arrays().stream()
        .map(array -> learning.manager().zeros(array.getShape(), DataType.FLOAT32))
        .toList();
  }

  @Override
  public void update(List<NDArray> gradients, NDArray norm, long step, double rate) {
    script.adamw(
        Update.of(learning, gradients, norm, largestNorm, step, rate, settings.weightDecay()),
        firsts,
        seconds,
        settings.beta1(),
        settings.beta2(),
        epsilon.applyAsDouble(step));
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    for (int i = 0; i < firsts.size(); i++) {
      state.put("first." + learning.names().get(i), firsts.get(i));
      state.put("second." + learning.names().get(i), seconds.get(i));
    }
    return state;
  }
}
