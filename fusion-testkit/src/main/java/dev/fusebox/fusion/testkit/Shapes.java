package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;

/** What a hook may do to a sequence, and what an attention map is. */
final class Shapes {

  private Shapes() {}

  /** Text states (B, 7, D) of which all count. */
  static TextStates text(NDManager manager, long width) {
    NDArray hidden =
        manager.randomNormal(0, 1, new Shape(FusedInputs.ROWS, 7, width), DataType.FLOAT32);
    return new TextStates(hidden, manager.ones(new Shape(FusedInputs.ROWS, 7)));
  }

  /** At the embeddings a sequence may get longer, together with its mask. */
  static void assertLengthened(TextStates found, TextStates before) {
    Shape shape = found.hidden().getShape();
    assertThat(shape.dimension()).as("axes of the states").isEqualTo(3);
    assertThat(shape.get(0)).as("rows").isEqualTo(before.hidden().getShape().get(0));
    assertThat(shape.get(1)).as("length").isGreaterThanOrEqualTo(before.hidden().getShape().get(1));
    assertThat(shape.get(2)).as("width").isEqualTo(before.hidden().getShape().get(2));
    assertThat(found.mask().getShape()).as("shape of the mask").isEqualTo(shape.slice(0, 2));
    assertThat(found.related().to()).as("end of the span").isLessThanOrEqualTo(shape.get(1));
  }

  /** Elsewhere it keeps its shape and its mask. */
  static void assertKept(TextStates found, TextStates before) {
    assertThat(found.hidden().getShape()).as("states").isEqualTo(before.hidden().getShape());
    assertThat(found.mask().toFloatArray()).as("mask").isEqualTo(before.mask().toFloatArray());
    assertThat(found.related()).as("span").isEqualTo(before.related());
  }

  /** Weights (B, any, P) that sum to 1, or to 0 where nothing is seen. */
  static void assertIsAttention(String name, NDArray map, VisionFeatures vision) {
    Shape shape = map.getShape();
    assertThat(shape.dimension()).as("axes of " + name).isEqualTo(3);
    assertThat(shape.get(0)).as("rows of " + name).isEqualTo(FusedInputs.ROWS);
    assertThat(shape.get(2)).as("patches of " + name).isEqualTo(vision.patches());
    for (float sum : map.sum(new int[] {2}).toFloatArray()) {
      assertThat(Math.min(Math.abs(sum), Math.abs(sum - 1)))
          .as("sum of weights of " + name)
          .isCloseTo(0, within(1e-4f));
    }
  }
}
