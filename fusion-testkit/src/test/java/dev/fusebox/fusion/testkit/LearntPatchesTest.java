package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.DistinctPatches;
import dev.fusebox.fusion.block.PatchMerger;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal vectors of a backbone that learns: each has a gradient of its own. */
class LearntPatchesTest {

  private static final float[] EQUAL = {1, 2, 1, 2, 1, 2, 3, 4};

  @Test
  void vectorsThatLearnAreNotMerged() {
    try (NDManager root = NDManager.newBaseManager(Device.cpu());
        Step step = Step.training(root)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      NDArray weights = step.manager().create(EQUAL, new Shape(1, 4, 2));
      weights.setRequiresGradient(true);
      NDArray features = ops.scale(weights, 1); // no leaf, as a backbone's are none
      DistinctPatches found = new PatchMerger(ops).merge(vision(features, step));
      assertThat(found.vision().patches()).isEqualTo(4);
      assertThat(found.vision().mask().toFloatArray()).containsOnly(1);
      NDArray sum = found.vision().features().sum();
      NDArray gradient = ops.gradients(sum, List.of(weights)).get(0);
      assertThat(gradient.toFloatArray()).containsOnly(1);
    }
  }

  @Test
  void othersAre() {
    try (NDManager root = NDManager.newBaseManager(Device.cpu());
        Step step = Step.training(root)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      NDArray features = step.manager().create(EQUAL, new Shape(1, 4, 2));
      VisionFeatures merged = new PatchMerger(ops).merge(vision(features, step)).vision();
      assertThat(merged.patches()).isEqualTo(2);
      assertThat(merged.mask().toFloatArray()).containsExactly(3, 1);
    }
  }

  private static VisionFeatures vision(NDArray features, Step step) {
    return VisionFeatures.ofOnePicture(
        features, step.manager().ones(new Shape(1, 4), DataType.FLOAT32));
  }
}
