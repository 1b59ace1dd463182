package dev.fusebox.t5;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;
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
