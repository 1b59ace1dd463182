package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsWriterTest {

  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float[] NUMBERS = {
    0,
    -0.0f,
    1,
    -2.5f,
    1e-7f,
    6e-8f,
    65504,
    65519.9f,
    INFINITY,
    -INFINITY,
    1 / 3f,
    0x1p-14f,
    0x1.ffep-15f
  };

  private final NDManager manager = NDManager.newBaseManager();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    manager.close();
  }

  private Map<String, NDArray> arrays() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    arrays.put("z", manager.create(NUMBERS));
    arrays.put("a.b", manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3)));
    arrays.put("scalar", manager.create(7f));
    arrays.put("empty", manager.create(new Shape(0, 4)));
    return arrays;
  }

  @Test
  void whatIsWrittenIsReadBackBitByBit() throws IOException {
    Path path = directory.resolve("made/here/model.safetensors");
    new SafetensorsWriter()
        .describe("made", "by a test")
        .addAll(arrays(), ElementType.F32)
        .write(path);
    SafetensorsFile file = SafetensorsFile.open(path);
    assertThat(file.names()).containsExactly("z", "a.b", "scalar", "empty");
    assertThat(file.metadata()).containsEntry("format", "pt").containsEntry("made", "by a test");
    assertThat(file.floats("z")).containsExactly(NUMBERS);
    assertThat(file.shape("a.b")).isEqualTo(new Shape(2, 3));
    assertThat(file.shape("scalar")).isEqualTo(new Shape());
    assertThat(file.floats("empty")).isEmpty();
    assertThat(file.tensor("z").offset() % 8).isZero();
    assertThat(path.getParent().toFile().list()).containsExactly("model.safetensors");
  }

  @Test
  void halfPrecisionRoundsToNearestEven() throws IOException {
    Path path = directory.resolve("half.safetensors");
    new SafetensorsWriter().add("z", manager.create(NUMBERS), ElementType.F16).write(path);
    assertThat(SafetensorsFile.open(path).floats("z"))
        .containsExactly(
            0,
            -0.0f,
            1,
            -2.5f,
            2 * 0x1p-24f,
            0x1p-24f,
            65504,
            65504,
            INFINITY,
            -INFINITY,
            0.33325195f,
            0x1p-14f,
            0x1p-14f);
  }

  @Test
  void everyHalfSurvivesTheWayThroughFp32() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float number = Half.toFloat((short) bits);
      if (!Float.isNaN(number)) {
        assertThat(Half.of(number)).isEqualTo((short) bits);
      }
      float brain = BrainFloat.toFloat((short) bits);
      if (!Float.isNaN(brain)) {
        assertThat(BrainFloat.of(brain)).isEqualTo((short) bits);
      }
    }
    assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
    assertThat(BrainFloat.toFloat(BrainFloat.of(Float.intBitsToFloat(0x7f800001)))).isNaN();
  }

  @Test
  void brainFloatRoundsToNearestEven() {
    assertThat(BrainFloat.toFloat(BrainFloat.of(1 + 0x1p-8f))).isEqualTo(1);
    assertThat(BrainFloat.toFloat(BrainFloat.of(1 + 3 * 0x1p-8f))).isEqualTo(1 + 4 * 0x1p-8f);
    assertThat(BrainFloat.toFloat(BrainFloat.of(Float.MAX_VALUE)))
        .isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path path = directory.resolve("model.safetensors");
    Files.writeString(path, "old");
    NDArray closed = manager.create(NUMBERS);
    SafetensorsWriter writer = new SafetensorsWriter().add("z", closed, ElementType.F32);
    closed.close();
    assertThatThrownBy(() -> writer.write(path)).isInstanceOf(IllegalStateException.class);
    assertThat(path).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("model.safetensors");
  }

  @Test
  void namesAreTakenOnceAndTypesMustFit() {
    SafetensorsWriter writer =
        new SafetensorsWriter().add("z", manager.create(1f), ElementType.F32);
    assertThatThrownBy(() -> writer.add("z", manager.create(1f), ElementType.F32))
        .hasMessage("z is added twice");
    assertThatThrownBy(() -> writer.add("i", manager.create(1), ElementType.F32))
        .hasMessage("i must be fp32, found int32");
  }

  @Test
  void anotherFilesTensorsAreCopiedOrNarrowed() throws IOException {
    Path first = directory.resolve("first.safetensors");
    new SafetensorsWriter().addAll(arrays(), ElementType.BF16).write(first);
    SafetensorsFile source = SafetensorsFile.open(first);
    Path second = directory.resolve("second.safetensors");
    SafetensorsWriter writer = new SafetensorsWriter();
    for (StoredTensor tensor : source.tensors().values()) {
      writer.add(source, tensor, tensor.name().equals("z") ? ElementType.F64 : tensor.type());
    }
    writer.write(second);
    SafetensorsFile copy = SafetensorsFile.open(second);
    assertThat(copy.digest("a.b")).isEqualTo(source.digest("a.b"));
    assertThat(copy.tensor("z").type()).isEqualTo(ElementType.F64);
    assertThat(FloatBuffer.wrap(copy.floats("z"))).isEqualTo(FloatBuffer.wrap(source.floats("z")));
  }
}
