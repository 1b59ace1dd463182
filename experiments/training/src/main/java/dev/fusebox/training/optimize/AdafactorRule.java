package dev.fusebox.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.training.optimize.TrainingScript.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds one number per row and column of a matrix, so that its state is small. */
final class AdafactorRule implements UpdateRule {

  /** Old squares fade by {@code 1 - step^DECAY_RATE}. */
  private static final double DECAY_RATE = -0.8;

  /** Highest root mean square of one update, before the learning rate. */
  private static final double CLIP_THRESHOLD = 1;

  private final double weightDecay;
  private final double smallest;
  private final TrainableParameters learning;
  private final TrainingScript script;
  private final double largestNorm;
  private final List<NDArray> rows = new ArrayList<>(); // of a vector: its squares
  private final List<NDArray> columns = new ArrayList<>(); // of a vector: nothing

  /**
   * The rule with fresh state.
   *
   * @param smallest the size from which the learning rate is relative to a parameter's; 0 makes it
   *     absolute
   */
  AdafactorRule(
      double weightDecay,
      double smallest,
      TrainableParameters learning,
      TrainingScript script,
      double largestNorm) {
    this.weightDecay = weightDecay;
    this.smallest = smallest;
    this.learning = learning;
    this.script = script;
    this.largestNorm = largestNorm;
    for (NDArray array : learning.arrays()) {
      Shape shape = array.getShape();
      int last = shape.dimension() - 1;
      boolean matrix = last > 0;
      rows.add(zeros(matrix ? shape.slice(0, last) : shape));
      columns.add(zeros(matrix ? shape.slice(0, last - 1).add(shape.get(last)) : new Shape(0)));
    }
  }

  private NDArray zeros(Shape shape) {
    return learning.manager().zeros(shape, DataType.FLOAT32);
  }

  @Override
  public void update(List<NDArray> gradients, NDArray norm, long step, double rate) {
    script.adafactor(
        Update.of(learning, gradients, norm, largestNorm, step, rate, weightDecay),
        rows,
        columns,
        DECAY_RATE,
        CLIP_THRESHOLD,
        smallest);
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      String name = learning.names().get(i);
      state.put("rows." + name, rows.get(i));
      if (columns.get(i).size() > 0) {
        state.put("columns." + name, columns.get(i));
      }
    }
    return state;
  }
}
