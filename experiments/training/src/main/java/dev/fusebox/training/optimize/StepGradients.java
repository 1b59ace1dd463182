package dev.fusebox.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Step;
import java.util.List;

/**
 * Gradients as values rather than as buffers on the parameters: they live as long as their step, so
 * that none take up memory during the next forward pass, and nothing has to be set to zero.
 */
public final class StepGradients {

  private final List<NDArray> learning;
  private final Ops ops;
  private final TrainingScript script;

  public StepGradients(TrainableParameters learning, Ops ops, TrainingScript script) {
    this(learning.arrays(), ops, script);
  }

  /** Those with respect to {@code learning}, in that order. */
  public StepGradients(List<NDArray> learning, Ops ops, TrainingScript script) {
    this.learning = List.copyOf(learning);
    this.ops = ops;
    this.script = script;
  }

  /** What learns. */
  public List<NDArray> parameters() {
    return learning;
  }

  /**
   * Those of {@code loss}, which is used up. One without numbers belongs to a parameter that the
   * loss does not depend on.
   *
   * @param recording the step in which {@code loss} was made
   * @param owner a step around it, which gets the gradients
   */
  public List<NDArray> of(Loss loss, Step recording, Step owner) {
    return of(loss, recording, owner.manager());
  }

  /**
   * The same.
   *
   * @param owner gets the gradients
   */
  public List<NDArray> of(Loss loss, Step recording, NDManager owner) {
    List<NDArray> found = ops.gradients(loss, learning);
    found.forEach(gradient -> recording.keep(gradient, owner));
    return found;
  }

  /**
   * The sum of two, where the first is, in its memory where possible; no sum yet is an empty list.
   * Both are used up.
   *
   * @param more on whatever device
   */
  public List<NDArray> add(List<NDArray> sums, List<NDArray> more) {
    if (sums.isEmpty()) {
      return more;
    }
    List<NDArray> total = script.addGradients(sums, more);
    more.forEach(NDArray::close); // or a batch in eight parts would hold eight sets of gradients
    sums.forEach(NDArray::close);
    return total;
  }

  /** The norm of all together: a scalar. */
  public NDArray norm(List<NDArray> gradients) {
    return script.gradientNorm(gradients);
  }
}
