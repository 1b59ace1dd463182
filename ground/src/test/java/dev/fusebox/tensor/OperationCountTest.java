package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperationCountTest {

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);

  @AfterEach
  void close() {
    root.close();
  }

  /**
   * Operands as libtorch declares them: queries and keys first, behind a gradient on the way back.
   */
  @Test
  void attentionOnAGpuCountsAsOnTheProcessor() throws IOException {
    double forward = 2 * 2 * (2 * 3 * 5 * 4) * 7;
    for (String kernel :
        List.of(
            "flash_attention_for_cpu",
            "flash_attention",
            "efficient_attention",
            "cudnn_attention")) {
      String name = "aten::_scaled_dot_product_" + kernel;
      String there =
          "[{\"name\": \"%s\", \"shape\": [[2, 3, 5, 4], [2, 3, 7, 4], [2, 3, 7, 4]]}]"
              .formatted(name);
      String back =
          "[{\"name\": \"%s_backward\", \"shape\": [[2, 3, 5, 4], [2, 3, 5, 4], [2, 3, 7, 4], [2, 3, 7, 4]]}]"
              .formatted(name);
      ObjectMapper json = new ObjectMapper();
      assertThat(OperationCount.operations(json.readTree(there))).as(kernel).isEqualTo(forward);
      assertThat(OperationCount.operations(json.readTree(back)))
          .as(kernel)
          .isEqualTo(2.5 * forward);
    }
  }

  @Test
  void aLinearMapIsTwoOperationsForEachWeightAndRow() {
    NDArray x = root.ones(new Shape(2, 3, 4));
    NDArray weight = root.ones(new Shape(5, 4));
    OperationCount<NDArray> count = OperationCount.during(() -> ops.linear(x, weight));
    assertThat(count.operations()).isEqualTo(2 * 2 * 3 * 4 * 5);
    assertThat(count.result().getShape()).isEqualTo(new Shape(2, 3, 5));
  }

  @Test
  void productsOfBatchesCountForEachOfTheBatch() {
    NDArray left = root.ones(new Shape(7, 2, 3));
    NDArray right = root.ones(new Shape(7, 3, 4));
    assertThat(OperationCount.during(() -> left.matMul(right)).operations())
        .isEqualTo(7 * 2 * 2 * 3 * 4);
  }

  /** One product forward, one for the gradient of the weight, one for that of the input. */
  @Test
  void theWayBackCosts() {
    NDArray x = root.ones(new Shape(6, 4));
    NDArray weight = root.ones(new Shape(5, 4));
    weight.setRequiresGradient(true);
    double weightAlone = OperationCount.during(() -> thereAndBack(x, weight)).operations();
    x.setRequiresGradient(true);
    double both = OperationCount.during(() -> thereAndBack(x, weight)).operations();
    assertThat(weightAlone).isEqualTo(2 * 2 * 6 * 4 * 5);
    assertThat(both).isEqualTo(3 * 2 * 6 * 4 * 5);
  }

  private float thereAndBack(NDArray x, NDArray weight) {
    try (Step step = Step.training(root)) {
      NDArray loss = ops.linear(x, weight).sum();
      step.backward(loss);
      return loss.getFloat();
    }
  }

  @Test
  void nothingIsCountedAfterwardsOrOfOtherThreads() throws InterruptedException {
    NDArray x = root.ones(new Shape(6, 4));
    NDArray weight = root.ones(new Shape(5, 4));
    weight.setRequiresGradient(true);
    double counted =
        OperationCount.during(
                () -> {
                  Thread other = new Thread(() -> thereAndBack(x, weight));
                  other.start();
                  try {
                    other.join();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return x;
                })
            .operations();
    assertThat(counted).isZero();
    assertThat(OperationCount.during(() -> x.add(x)).operations()).isZero();
  }

  @Test
  void workThatFailsLeavesTheCounterReady() {
    NDArray x = root.ones(new Shape(6, 4));
    assertThatThrownBy(
            () ->
                OperationCount.during(
                    () -> {
                      throw new IllegalArgumentException("no");
                    }))
        .hasMessage("no");
    assertThat(OperationCount.during(() -> x.add(x)).operations()).isZero();
  }
}
