package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.function.Supplier;

/**
 * One unit of tensor work: it owns every array that is made on this thread while it is open, and
 * decides whether a graph is recorded. Nothing else opens scopes or touches the grad mode. Steps
 * nest.
 *
 * <pre>{@code
 * try (Step step = Step.training(root)) {
 *   NDArray loss = model.loss(...);
 *   step.backward(loss);
 *   ...
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class Step implements AutoCloseable {

  private static final ThreadLocal<Recomputation> RECOMPUTATION = new ThreadLocal<>();

  private final NDManager manager;
  private final NDScope scope;
  private final boolean gradBefore;
  private final Recomputation recomputationBefore;

  private Step(NDManager parent, boolean grad, Recomputation recomputation) {
    recomputationBefore = RECOMPUTATION.get();
    RECOMPUTATION.set(recomputation);
    manager = parent.newSubManager();
    scope = new NDScope();
    gradBefore = JniUtils.isGradMode();
    JniUtils.setGraphExecutorOptimize(
        false); // per thread; re-profiling every new shape costs more than it saves
    JniUtils.setGradMode(grad);
  }

  /** A step that records a graph. */
  public static Step training(NDManager parent) {
    return new Step(parent, true, null);
  }

  /**
   * A step that records a graph between segments only, and does each segment again in its backward
   * pass: less memory for more time.
   *
   * @param parameters what learns
   * @param seed of what segments draw, such as dropout
   */
  public static Step recomputing(NDManager parent, List<NDArray> parameters, long seed) {
    return new Step(parent, true, new Recomputation(parameters, seed));
  }

  /** What the innermost step on this thread repeats segments with; null where it does not. */
  static Recomputation recomputation() {
    return RECOMPUTATION.get();
  }

  /** A step that records none. */
  public static Step inference(NDManager parent) {
    return new Step(parent, false, null);
  }

  /** Where the inputs of this step are made. */
  public NDManager manager() {
    return manager;
  }

  /**
   * Adds the gradients of the scalar {@code loss} to every parameter that wants one. Recording ends
   * here.
   */
  public void backward(NDArray loss) {
    JniUtils.setGradMode(false);
    NDArray one = manager.ones(loss.getShape(), loss.getDataType());
    JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
  }

  /**
   * Lets an array outlive this step: from here on {@code owner} owns it.
   *
   * @return {@code array}
   */
  public NDArray keep(NDArray array, NDManager owner) {
    NDScope.unregister(array);
    array.attach(owner);
    return array;
  }

  /**
   * Work that draws random numbers, as dropout does: those that follow {@code seed}, on every
   * device. Other threads that draw wait until it is done.
   */
  public <T> T drawing(long seed, Supplier<T> work) {
    return RandomNumbers.from(seed, work);
  }

  @Override
  public void close() {
    JniUtils.setGradMode(gradBefore);
    RECOMPUTATION.set(recomputationBefore);
    scope.close();
    manager.close();
  }
}
