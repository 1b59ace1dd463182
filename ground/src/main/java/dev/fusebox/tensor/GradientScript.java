package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The face of those functions of {@code ops.py} that gradients need of any script: all hold them.
 */
final class GradientScript {

  private GradientScript() {}

  /** Whether a graph is recorded for {@code x}; the engine's own answer holds for leaves alone. */
  static boolean isDifferentiable(TorchScript script, NDArray x) {
    return !script.call("size_if_differentiable", x).isEmpty();
  }

  /** What stands for a gradient that is not there. */
  static NDArray noNumbers(TorchScript script, NDArray like) {
    return script.call("no_numbers", like);
  }

  static NDArray detached(TorchScript script, NDArray x) {
    return script.call("detach", x);
  }

  /**
   * The gradients of {@code wanted}, given those of the graph's ends.
   *
   * @param known what is known of them beforehand, or without numbers; is added to
   * @param keep whether the graph is needed again
   */
  static List<NDArray> pullBack(
      TorchScript script, Loss graph, List<NDArray> wanted, List<NDArray> known, boolean keep) {
    return script.callForList("pull_back", graph.gradients(), graph.ends(), wanted, known, keep);
  }
}
