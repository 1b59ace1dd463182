package dev.fusebox.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parameters that learn, those that decay first: gradients and optimizer states run in the same
 * order.
 *
 * @param names in the order of {@code arrays}
 * @param arrays the parameters themselves
 * @param decaying how many, from the first on, weight decay applies to: all but vectors (norms,
 *     biases, gates) and what has {@code bias} in its name, the relative attention bias included
 * @param manager owns the parameters
 */
public record TrainableParameters(
    List<String> names, List<NDArray> arrays, int decaying, NDManager manager) {

  public TrainableParameters {
    names = List.copyOf(names);
    arrays = List.copyOf(arrays);
  }

  public static TrainableParameters of(Parameters parameters) {
    return of(parameters, "");
  }

  /**
   * The same with names among those of others.
   *
   * @param prefix stands before all names
   */
  public static TrainableParameters of(Parameters parameters, String prefix) {
    Map<String, NDArray> trainable = parameters.trainable();
    List<String> names = new ArrayList<>();
    trainable.keySet().stream().filter(name -> decays(name, trainable)).forEach(names::add);
    int decaying = names.size();
    trainable.keySet().stream().filter(name -> !decays(name, trainable)).forEach(names::add);
    return new TrainableParameters(
        names.stream().map(name -> prefix + name).toList(),
        names.stream().map(trainable::get).toList(),
        decaying,
        parameters.manager());
  }

  /** How many there are. */
  public int size() {
    return arrays.size();
  }

  private static boolean decays(String name, Map<String, NDArray> parameters) {
    return parameters.get(name).getShape().dimension() > 1 && !name.contains("bias");
  }
}
