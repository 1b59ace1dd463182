package dev.fusebox.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.training.optimize.TrainingScript.Update;
import dev.fusebox.training.recipe.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All parameters of a group in one call; clipping happens in the same pass. */
final class AdamwRule implements UpdateRule {

  private final TrainingSettings settings;
  private final Learning learning;
  private final TrainingScript script;
  private final EpsilonPlace epsilon;
  private final List<NDArray> firsts;
  private final List<NDArray> seconds;

  AdamwRule(
      TrainingSettings settings, Learning learning, TrainingScript script, EpsilonPlace epsilon) {
    this.epsilon = epsilon;
    this.settings = settings;
    this.learning = learning;
    this.script = script;
    this.firsts = zeros(learning);
    this.seconds = zeros(learning);
  }

  private static List<NDArray> zeros(Learning learning) {
    return learning.arrays().stream()
        .map(array -> learning.manager().zeros(array.getShape(), DataType.FLOAT32))
        .toList();
  }

  @Override
  public void update(List<NDArray> gradients, NDArray norm, long step, double rate) {
    script.adamw(
        new Update(
            norm,
            settings.largestNorm(),
            learning.arrays(),
            gradients,
            learning.decaying(),
            step,
            rate,
            settings.weightDecay()),
        firsts,
        seconds,
        settings.beta1(),
        settings.beta2(),
        epsilon.epsilon(settings, step));
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
