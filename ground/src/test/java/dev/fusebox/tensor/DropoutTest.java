package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class DropoutTest {

  private static float[] dropped(Step step, Ops ops, double rate, long seed, Shape shape) {
    NDArray ones = step.manager().ones(shape);
    return step.drawing(seed, () -> ops.dropout(ones, rate)).toFloatArray();
  }

  @Test
  void dropsAtTheRateAndKeepsTheMean() {
    try (NDManager root = NDManager.newBaseManager();
        Step step = Step.inference(root)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      for (double rate : new double[] {0.1, 0.5, 0.9}) {
        float[] x = dropped(step, ops, rate, 1, new Shape(601, 1001));
        int zeros = 0;
        for (float each : x) {
          zeros += each == 0 ? 1 : 0;
          assertThat(each == 0 || Math.abs(each - 1 / (1 - rate)) < 1e-5).isTrue();
        }
        // four standard deviations
        assertThat((double) zeros / x.length)
            .isCloseTo(rate, within(4 * Math.sqrt(rate * (1 - rate) / x.length)));
      }
    }
  }

  @Test
  void decidesAnewForEachNumberAndTheSameForTheSameSeed() {
    try (NDManager root = NDManager.newBaseManager();
        Step step = Step.inference(root)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      float[] x = dropped(step, ops, 0.5, 1, new Shape(4, 50_000));
      assertThat(dropped(step, ops, 0.5, 1, new Shape(4, 50_000))).isEqualTo(x);
      assertThat(dropped(step, ops, 0.5, 2, new Shape(4, 50_000))).isNotEqualTo(x);
      int quarter = 50_000;
      for (int lag : new int[] {1, 2, 3, 4, quarter, 2 * quarter, 3 * quarter}) {
        int both = 0;
        int pairs = x.length - lag;
        for (int i = 0; i < pairs; i++) {
          both += x[i] == 0 && x[i + lag] == 0 ? 1 : 0;
        }
        assertThat((double) both / pairs).as("lag " + lag).isCloseTo(0.25, within(0.01));
      }
    }
  }

  @Test
  void fewNumbersAndHighRatesAreDroppedToo() {
    try (NDManager root = NDManager.newBaseManager();
        Step step = Step.inference(root)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      int rounds = 4000;
      for (double rate : new double[] {0.01, 0.3, 0.99}) {
        int[] zeros = new int[3];
        for (int round = 0; round < rounds; round++) {
          float[] x = dropped(step, ops, rate, round, new Shape(3));
          for (int i = 0; i < 3; i++) {
            zeros[i] += x[i] == 0 ? 1 : 0;
          }
        }
        double deviations = 4.5 * Math.sqrt(rate * (1 - rate) / rounds);
        for (int place : zeros) { // the first and the last place as often as any
          assertThat((double) place / rounds).isCloseTo(rate, within(deviations));
        }
      }
    }
  }

  @Test
  void passesTheGradientOfWhatIsKept() {
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      NDArray x = parameters.declare("x", new Shape(5, 7), Initializer.ones());
      parameters.train(name -> true);
      try (Step step = Step.training(root)) {
        NDArray y = ops.dropout(x, 0.3);
        float[] kept = y.toFloatArray();
        step.backward(y.sum());
        assertThat(x.getGradient().toFloatArray()).isEqualTo(kept);
      }
    }
  }
}
