package dev.fusebox.t5.generate.fast;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.tensor.Step;
import dev.fusebox.tensor.TorchScript;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutChoiceTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void everyLayoutGivesTheSameProduct(int rows) {
    try (NDManager root = NDManager.newBaseManager();
        Step step = Step.inference(root)) {
      TorchScript compiled = ProductScript.compile(root);
      NDArray x = random(step, rows, 96);
      NDArray w = random(step, 320, 96);
      ProductScript script = new ProductScript(compiled);
      float[] expected = x.matMul(w.transpose()).toFloatArray();
      for (Layout layout : Layout.values()) {
        StoredMatrices stored =
            layout == Layout.BYTES
                ? script.inBytes(List.of(w))
                : StoredMatrices.of(List.of(script.stored(w, layout, rows)), layout);
        NDArray found = script.product(x, stored, 0);
        stored.close();
        assertThat(found.getShape()).as(layout.name()).isEqualTo(new Shape(rows, 320));
        double tolerance =
            switch (layout) {
              case BFLOAT16 -> 1e-2;
              case BYTES -> 3e-2;
              default -> 1e-5;
            };
        Goldens.assertClose(layout.name(), found.toFloatArray(), expected, tolerance);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void theFastestIsOneOfThoseThatKeepFullPrecision(int rows) {
    try (NDManager root = NDManager.newBaseManager();
        Step step = Step.inference(root)) {
      TorchScript compiled = ProductScript.compile(root);
      List<NDArray> matrices = List.of(random(step, 300, 256), random(step, 300, 256));
      int before = root.getManagedArrays().size();
      Layout fastest = new LayoutChoice(new ProductScript(compiled), root).fastest(matrices, rows);
      assertThat(fastest).isNotIn(Layout.BFLOAT16, Layout.BYTES);
      assertThat(new LayoutChoice(new ProductScript(compiled), root).fastest(matrices, rows))
          .as("of a second generator")
          .isEqualTo(fastest);
      assertThat(root.getManagedArrays()).hasSize(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 100, PACKED", "76, 90, PACKED", "74, 90, PLAIN", "70, 60, TRANSPOSED"})
  void whatIsHardlyFasterThanPackedIsNotChosen(long plain, long transposed, Layout chosen) {
    Map<Layout, Long> times =
        Map.of(Layout.PACKED, 100L, Layout.PLAIN, plain, Layout.TRANSPOSED, transposed);
    assertThat(LayoutChoice.clearlyFastest(times)).isEqualTo(chosen);
  }

  private static NDArray random(Step step, int rows, int columns) {
    return step.manager().randomNormal(0, 1, new Shape(rows, columns), DataType.FLOAT32);
  }
}
