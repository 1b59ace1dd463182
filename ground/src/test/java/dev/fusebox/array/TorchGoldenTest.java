package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TorchGoldenTest {

  private static final Path FILES = Goldens.directory().resolve("files");

  @Test
  void readsEveryTypeAsItsSafetensorsTwin() throws IOException {
    TorchFile file = TorchFile.open(FILES.resolve("dtypes.bin"));
    SafetensorsFile twin = SafetensorsFile.open(FILES.resolve("dtypes.safetensors"));
    assertThat(file.names()).containsAll(twin.names());
    for (StoredTensor tensor : twin.tensors().values()) {
      assertThat(file.shape(tensor.name())).isEqualTo(tensor.shape());
      assertThat(file.tensor(tensor.name()).type()).isEqualTo(tensor.type());
      assertThat(file.digest(tensor.name())).isEqualTo(twin.digest(tensor.name()));
    }
  }

  @Test
  void readsTransposedSlicedAndNestedTensors() throws IOException {
    TorchFile file = TorchFile.open(FILES.resolve("dtypes.bin"));
    float[] base = file.floats("f32"); // (5, 3)
    assertThat(file.shape("transposed")).isEqualTo(new Shape(3, 5));
    float[] transposed = file.floats("transposed");
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 3; column++) {
        assertThat(transposed[column * 5 + row]).isEqualTo(base[row * 3 + column]);
      }
    }
    int start = (int) ((file.tensor("slice").offset() - file.tensor("f32").offset()) / 4);
    assertThat(file.floats("slice"))
        .isEqualTo(Arrays.copyOfRange(base, start, start + file.floats("slice").length));
    assertThat(file.floats("nested.a.0")).isEqualTo(base);
  }

  @Test
  void readsFeatureFilesOfOneTensor() throws IOException {
    for (String name : List.of("features.pth", "features_fp16.pth")) {
      TorchFile file = TorchFile.open(FILES.resolve(name));
      assertThat(file.names()).containsExactly(TorchFile.WHOLE);
      assertThat(file.shape(TorchFile.WHOLE)).isEqualTo(new Shape(6, 4, 3));
      assertThat(file.floats(TorchFile.WHOLE)).hasSize(72);
    }
  }

  @Test
  void readsCheckpointsBitIdenticalToTheirSafetensors() throws IOException {
    for (String group : List.of("t5", "mmcot")) {
      for (Path directory : Goldens.cases(group, "pytorch_model.bin")) {
        TorchFile file = TorchFile.open(directory.resolve("pytorch_model.bin"));
        TensorFile twin = TensorFile.open(directory.resolve("model.safetensors"));
        assertThat(file.names()).containsAll(twin.names());
        for (String name : twin.names()) {
          assertThat(file.digest(name)).as(name).isEqualTo(twin.digest(name));
        }
      }
    }
  }

  @Test
  void refusesTheFormatBeforeTorch16AndSaysHowToConvert() {
    assertThatThrownBy(() -> TensorFile.open(FILES.resolve("dtypes_legacy.bin")))
        .isInstanceOf(FileFormatException.class)
        .hasMessageEndingWith(
            "dtypes_legacy.bin: saved in the format of torch before 1.6, which is not read. Convert"
                + " it once in Python, in a place where you trust it:"
                + " torch.save(torch.load(f, weights_only=True), f)");
  }
}
