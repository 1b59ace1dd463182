package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.tensor.Initializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is near enough passes, and nothing else: {@code x · wᵀ} with its gradients. */
class ReferencePartTest {

  private static final Map<String, float[]> RIGHT =
      Map.of(
          "param.w", new float[] {1, 2, 3, 4},
          "x", new float[] {5, 6, 7, 8},
          "output", new float[] {17, 39, 23, 53},
          "upstream", new float[] {1, 0, 0, 1},
          "grad.w", new float[] {5, 6, 7, 8},
          "grad_input.x", new float[] {1, 2, 3, 4});

  @TempDir private Path folder;

  private void compare(String changed, float... numbers) throws IOException {
    Map<String, float[]> tensors = new TreeMap<>(RIGHT);
    tensors.put(changed, numbers);
    Path file = folder.resolve("part.safetensors");
    try (NDManager manager = NDManager.newBaseManager()) {
      SafetensorsWriter writer = new SafetensorsWriter();
      for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
        writer.add(
            tensor.getKey(), manager.create(tensor.getValue(), new Shape(2, 2)), ElementType.F32);
      }
      writer.write(file);
    }
    try (ReferencePart part = ReferencePart.open(file, name -> "ours." + name)) {
      NDArray w = part.parameters().declare("ours.w", new Shape(2, 2), Initializer.zeros());
      part.parameters().train(name -> true);
      NDArray output = part.ops().linear(part.leaf("x"), w);
      part.assertValue(output, "output");
      part.assertGradients(output);
    }
  }

  @Test
  void whatIsEqualPasses() {
    assertThatCode(() -> compare("output", RIGHT.get("output"))).doesNotThrowAnyException();
    assertThatCode(() -> compare("grad.w", 5, 6, 7, 8.0001f)).doesNotThrowAnyException();
  }

  @Test
  void whatDiffersIsNamed() {
    assertThatThrownBy(() -> compare("output", 17, 39, 23, 53.01f))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("relative difference of output");
    assertThatThrownBy(() -> compare("grad.w", 5, 6, 7, 8.01f))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("grad.w");
    assertThatThrownBy(() -> compare("grad_input.x", 1, 2, 3, 5))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("grad_input.x");
    assertThatThrownBy(() -> compare("grad.gone", 1, 0, 0, 0))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("gradient of gone");
  }
}
