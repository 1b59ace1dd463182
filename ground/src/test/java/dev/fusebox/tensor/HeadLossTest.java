package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loss of a head against autograd's way to it. */
class HeadLossTest {

  private static final int WORDS = 37;
  private static final int WIDTH = 6;
  private static final long[] LABELS = {3, 36, -100, 0, 3, 11, -100, 20};

  private static final class Ground implements AutoCloseable {
    final NDManager root = NDManager.newBaseManager();
    final Ops ops;
    final Parameters parameters = new Parameters(root, 7);
    final NDArray matrix =
        parameters.declare("matrix", new Shape(WIDTH, WIDTH), Initializer.normal(1));
    final NDArray words =
        parameters.declare("words", new Shape(WORDS, WIDTH), Initializer.normal(3));

    Ground(Precision precision, String learning) {
      ops = Ops.load(root, precision);
      parameters.train(name -> learning.contains(name));
    }

    NDArray hidden(Step step, long[] ids) {
      NDArray read = step.manager().create(ids, new Shape(2, 4));
      return ops.linear(ops.tokenEmbedding(read, words), matrix);
    }

    NDArray labels(Step step, long... labels) {
      return step.manager().create(labels, new Shape(2, 4));
    }

    List<float[]> found(Function<Step, Loss> loss) {
      try (Step step = Step.training(root)) {
        Loss made = loss.apply(step);
        float[] value = made.value().toFloatArray();
        List<float[]> all = new ArrayList<>(List.of(value));
        ops.gradients(made, List.copyOf(parameters.trainable().values()))
            .forEach(gradient -> all.add(gradient.toFloatArray()));
        return all;
      }
    }

    Loss plainly(Step step, double smoothing) {
      NDArray scores = ops.linear(hidden(step, IDS), words);
      return ops.loss(ops.crossEntropy(scores, labels(step, LABELS), smoothing, 5));
    }

    Loss atOnce(Step step, double smoothing) {
      return ops.headLoss(hidden(step, IDS), words, labels(step, LABELS), smoothing, 5);
    }

    @Override
    public void close() {
      parameters.close();
      root.close();
    }
  }

  private static final long[] IDS = {1, 2, 2, 5, 36, 0, 7, 2};

  private static void assertClose(List<float[]> found, List<float[]> expected, double tolerance) {
    for (int i = 0; i < expected.size(); i++) {
      float[] wanted = expected.get(i);
      assertThat(found.get(i)).hasSameSizeAs(wanted);
      float largest = 0;
      for (float each : wanted) {
        largest = Math.max(largest, Math.abs(each));
      }
      for (int j = 0; j < wanted.length; j++) {
        assertThat(found.get(i)[j]).isCloseTo(wanted[j], within((float) (tolerance * largest)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, matrix words", "0.1, matrix words", "0.1, words", "0, matrix"})
  void valueAndGradientsAreThoseOfCrossEntropy(double smoothing, String learning) {
    try (Ground ground = new Ground(Precision.FLOAT32, learning)) {
      List<float[]> plainly = ground.found(step -> ground.plainly(step, smoothing));
      assertThat(plainly).hasSize(1 + learning.split(" ").length);
      assertClose(ground.found(step -> ground.atOnce(step, smoothing)), plainly, 1e-6);
    }
  }

  @Test
  void inHalvesItIsAsNearAsCrossEntropyIs() {
    try (Ground halves = new Ground(Precision.BFLOAT16, "matrix words");
        Ground exact = new Ground(Precision.FLOAT32, "matrix words")) {
      List<float[]> expected = exact.found(step -> exact.plainly(step, 0.1));
      assertClose(halves.found(step -> halves.atOnce(step, 0.1)), expected, 3e-2);
    }
  }

  @Test
  void scoresFarApartAreNoTrouble() {
    try (Ground ground = new Ground(Precision.FLOAT32, "matrix words")) {
      Function<Step, NDArray> far = step -> ground.ops.scale(ground.hidden(step, IDS), 100);
      List<float[]> plainly =
          ground.found(
              step -> {
                NDArray scores = ground.ops.linear(far.apply(step), ground.words);
                return ground.ops.loss(
                    ground.ops.crossEntropy(scores, ground.labels(step, LABELS), 0, 5));
              });
      List<float[]> found =
          ground.found(
              step ->
                  ground.ops.headLoss(
                      far.apply(step), ground.words, ground.labels(step, LABELS), 0, 5));
      assertThat(plainly.get(0)[0]).isGreaterThan(200);
      assertClose(found, plainly, 1e-6);
    }
  }

  @Test
  void computedAgainItIsTheSame() {
    try (Ground ground = new Ground(Precision.FLOAT32, "matrix words")) {
      List<NDArray> learning = List.of(ground.matrix, ground.words);
      List<float[]> plainly = ground.found(step -> ground.plainly(step, 0));
      try (Step step = Step.recomputing(ground.root, learning, 1)) {
        Loss loss = ground.atOnce(step, 0);
        List<NDArray> gradients = ground.ops.gradients(loss, learning);
        List<float[]> found =
            List.of(
                loss.value().toFloatArray(),
                gradients.get(0).toFloatArray(),
                gradients.get(1).toFloatArray());
        assertClose(found, plainly, 1e-6);
      }
    }
  }

  @Test
  void lossesAddUp() {
    try (Ground ground = new Ground(Precision.FLOAT32, "matrix words")) {
      List<float[]> one = ground.found(step -> ground.plainly(step, 0));
      for (int i = 0; i < one.size(); i++) {
        for (int j = 0; j < one.get(i).length; j++) {
          one.get(i)[j] *= 2;
        }
      }
      assertClose(
          ground.found(step -> ground.atOnce(step, 0).plus(ground.plainly(step, 0))), one, 1e-6);
      assertClose(
          ground.found(step -> ground.atOnce(step, 0).plus(ground.atOnce(step, 0))), one, 1e-6);
    }
  }

  @Test
  void whatHasNoGraphIsNotLearntFrom() {
    try (Ground ground = new Ground(Precision.FLOAT32, "matrix words")) {
      List<float[]> found = ground.found(step -> ground.ops.loss(step.manager().create(2f)));
      assertThat(found.get(0)).containsExactly(2f);
      assertThat(found.get(1)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {WORDS, -1})
  void refusesLabelsThatAreNoWord(long label) {
    try (Ground ground = new Ground(Precision.FLOAT32, "matrix words");
        Step step = Step.training(ground.root)) {
      NDArray labels = ground.labels(step, 0, 1, 2, 3, label, 5, 6, 7);
      assertThatThrownBy(
              () -> ground.ops.headLoss(ground.hidden(step, IDS), ground.words, labels, 0, 5))
          .hasMessageContaining("out of bounds");
    }
  }
}
