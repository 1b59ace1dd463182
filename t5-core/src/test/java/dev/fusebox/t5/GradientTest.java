package dev.fusebox.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine's traps: gradients that garbage collection falsifies, arrays that nobody frees. */
class GradientTest {

  @Test
  void gradientsAreTheSameBitsUnderForcedGarbageCollection() {
    try (TinyT5 tiny = new TinyT5()) {
      Map<String, float[]> quiet = gradients(tiny, () -> {});
      Map<String, float[]> churned = gradients(tiny, GradientTest::churn);
      assertThat(quiet).hasSameSizeAs(tiny.parameters().all().entrySet());
      quiet.forEach((name, gradient) -> assertThat(churned.get(name)).as(name).isEqualTo(gradient));
    }
  }

  /**
   * The test above would notice: with an operand whose memory the engine gives back at once,
   * gradients do go wrong in the same setting.
   */
  @Test
  void theTrapIsReal() {
    try (TinyT5 tiny = new TinyT5()) {
      boolean wrong = false;
      for (int attempt = 0; attempt < 50 && !wrong; attempt++) {
        try (Step step = Step.training(tiny.root())) {
          NDArray x = step.manager().ones(new ai.djl.ndarray.types.Shape(4));
          x.setRequiresGradient(true);
          NDArray y = x.mul(3f).sum();
          churn();
          step.backward(y);
          wrong = x.getGradient().toFloatArray()[0] != 3f;
        }
      }
      assertThat(wrong).isTrue();
    }
  }

  @Test
  void twoHundredStepsLeaveNoArrayBehind() {
    try (TinyT5 tiny = new TinyT5()) {
      int before = arrays(tiny);
      for (int i = 0; i < 200; i++) {
        gradients(tiny, () -> {});
      }
      assertThat(arrays(tiny)).isEqualTo(before);
    }
  }

  /** A fusion that acts on the scores must be asked in training too. */
  @Test
  void theLossIsThatOfTheScoresAsTheFusionLeavesThem() {
    try (TinyT5 tiny = new TinyT5()) {
      List<NDArray> all = List.copyOf(tiny.parameters().all().values());
      FusionPass warm =
          new FusionPass() {
            @Override
            public NDArray atLogits(NDArray logits) {
              return tiny.model().ops().scale(logits, 0.5);
            }
          };
      for (FusionPass pass : List.of(FusionPass.IDENTITY, warm)) {
        List<float[]> expected = gradients(tiny, pass, all, true);
        List<float[]> found = gradients(tiny, pass, all, false);
        for (int i = 0; i < found.size(); i++) {
          assertThat(distance(found.get(i), expected.get(i)))
              .isLessThan(1e-5 * norm(List.of(expected.get(i))));
        }
      }
    }
  }

  /** The loss first; through the scores, or at once. */
  private static List<float[]> gradients(
      TinyT5 tiny, FusionPass pass, List<NDArray> all, boolean throughScores) {
    try (Step step = Step.training(tiny.root())) {
      T5Model model = tiny.model();
      NDArray labels = tiny.ids(step.manager(), 2, 5, 2);
      TextStates encoded = tiny.encoded(tiny.ids(step.manager(), 2, 9, 1), Mode.INFERENCE);
      NDArray hidden = model.decode(labels, encoded, pass, Mode.INFERENCE);
      Loss loss =
          throughScores
              ? model.ops().loss(model.ops().crossEntropy(model.logits(hidden, pass), labels, 0, 9))
              : model.loss(hidden, labels, pass, 0, 9);
      List<float[]> found = new ArrayList<>(List.of(loss.value().toFloatArray()));
      model.ops().gradients(loss, all).forEach(each -> found.add(each.toFloatArray()));
      return found;
    }
  }

  @Test
  void computedAgainTheyAreTheSame() {
    try (TinyT5 tiny = new TinyT5()) {
      List<NDArray> all = List.copyOf(tiny.parameters().all().values());
      List<float[]> kept = gradients(tiny, Step.training(tiny.root()), all, Mode.INFERENCE);
      List<float[]> again =
          gradients(tiny, Step.recomputing(tiny.root(), all, 5), all, Mode.INFERENCE);
      for (int i = 0; i < all.size(); i++) {
        assertThat(again.get(i)).hasSameSizeAs(kept.get(i));
        assertThat(distance(again.get(i), kept.get(i)))
            .isLessThan(1e-6 * norm(List.of(kept.get(i))));
      }
    }
  }

  /** Were anything else dropped the second time, the gradient would not be the loss's slope. */
  @Test
  void whatIsComputedAgainDropsTheSame() {
    try (TinyT5 tiny = new TinyT5()) {
      List<NDArray> all = List.copyOf(tiny.parameters().all().values());
      List<float[]> gradients =
          gradients(tiny, Step.recomputing(tiny.root(), all, 5), all, Mode.TRAINING);
      double norm = norm(gradients);
      double stride = 5e-3 / norm;
      move(tiny, all, gradients, stride);
      double above = loss(tiny, all);
      move(tiny, all, gradients, -2 * stride);
      double below = loss(tiny, all);
      assertThat((above - below) / (2 * stride)).isCloseTo(norm * norm, withinPercentage(1));
    }
  }

  @Test
  void computedAgainTheyLeaveNoArrayBehind() {
    try (TinyT5 tiny = new TinyT5()) {
      List<NDArray> all = List.copyOf(tiny.parameters().all().values());
      int before = arrays(tiny);
      for (int i = 0; i < 20; i++) {
        gradients(tiny, Step.recomputing(tiny.root(), all, i), all, Mode.TRAINING);
      }
      assertThat(arrays(tiny)).isEqualTo(before);
    }
  }

  private static List<float[]> gradients(TinyT5 tiny, Step opened, List<NDArray> all, Mode mode) {
    try (Step step = opened) {
      NDArray loss = loss(tiny, step, mode);
      return tiny.model().ops().gradients(loss, all).stream().map(NDArray::toFloatArray).toList();
    }
  }

  private static double loss(TinyT5 tiny, List<NDArray> all) {
    try (Step step = Step.recomputing(tiny.root(), all, 5)) {
      return loss(tiny, step, Mode.TRAINING).getFloat();
    }
  }

  private static NDArray loss(TinyT5 tiny, Step step, Mode mode) {
    NDArray ids = tiny.ids(step.manager(), 2, 9, 1);
    NDArray labels = tiny.ids(step.manager(), 2, 5, 2);
    return step.drawing(3, () -> tiny.loss(ids, labels, mode));
  }

  private static void move(TinyT5 tiny, List<NDArray> all, List<float[]> along, double stride) {
    try (Step step = Step.inference(tiny.root())) {
      for (int i = 0; i < all.size(); i++) {
        float[] scaled = along.get(i).clone();
        for (int j = 0; j < scaled.length; j++) {
          scaled[j] *= (float) stride;
        }
        all.get(i).addi(step.manager().create(scaled, all.get(i).getShape()));
      }
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow(a[i] - b[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static double norm(List<float[]> arrays) {
    return Math.sqrt(
        arrays.stream().mapToDouble(a -> Math.pow(distance(a, new float[a.length]), 2)).sum());
  }

  private static int arrays(TinyT5 tiny) {
    return tiny.root().getManagedArrays().size()
        + tiny.parameters().manager().getManagedArrays().size();
  }

  private static Map<String, float[]> gradients(TinyT5 tiny, Runnable betweenForwardAndBackward) {
    try (Step step = Step.training(tiny.root())) {
      NDArray ids = tiny.ids(step.manager(), 2, 9, 1);
      NDArray labels = tiny.ids(step.manager(), 2, 5, 2);
      NDArray loss = step.drawing(3, () -> tiny.loss(ids, labels, Mode.TRAINING));
      betweenForwardAndBackward.run();
      step.backward(loss);
      Map<String, float[]> result = new LinkedHashMap<>();
      tiny.parameters()
          .all()
          .forEach((name, array) -> result.put(name, array.getGradient().toFloatArray()));
      tiny.parameters().zeroGradients();
      return result;
    }
  }

  /** Collects garbage and lets new buffers take the memory that was freed. */
  private static void churn() {
    System.gc();
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(16);
      buffer.putLong(0, -1).putLong(8, -1);
      buffers.add(buffer);
    }
    assertThat(buffers).hasSize(2_000);
  }
}
