package dev.fusebox.array;

import static dev.fusebox.array.TorchArchives.pickle;
import static dev.fusebox.array.TorchArchives.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.checkpoint.Conversion;
import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were made to hang, to fill memory or disk, or to end in a stack trace. */
@Timeout(20)
final class HostileFilesTest {

  @TempDir private Path directory;

  private Path torch(String pickle) throws IOException {
    return TorchArchives.write(directory.resolve("a.pt"), pickle(pickle));
  }

  @Test
  void fourNumbersAreNoTrillion() throws IOException {
    Path file =
        torch(
            "}U\\x01w"
                + tensor(0, "(\\x8a\\x06\\x00\\x00\\x00\\x00\\x00\\x01t", "(K\\x00t")
                + "s.");
    assertThatThrownBy(() -> TensorFile.open(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(file + ": its tensors claim 4.40e+12 bytes, the file has ");
  }

  @Test
  void numbersMayBeSharedWithinReason() throws IOException {
    Path file = torch("}U\\x01w" + tensor(0, "(K\\x05K\\x04t", "(K\\x00K\\x01t") + "s.");
    assertThat(TensorFile.open(file).floats("w")).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // None in place of a storage, of an offset, of a shape, in a shape, of a key
        "}U\\x01wctorch._utils\n_rebuild_tensor_v2\n(NK\\x00(K\\x04t(K\\x01t\\x89)tRs.",
        "}U\\x01wctorch._utils\n_rebuild_tensor_v2\n(NN(K\\x04t(K\\x01t\\x89)tRs.",
        "}U\\x01wctorch._utils\n_rebuild_tensor_v2\n(NK\\x00NN\\x89)tRs.",
        "}U\\x01w((U\\x07storagectorch\nFloatStorage\nNU\\x03cpuK\\x04tQtRs.",
        "(U\\x07storagectorch\nFloatStorage\nNU\\x03cpuK\\x04tQ.",
        "}N)RK\\x01s.",
        "NQ.",
        ".",
        "ccollections\nOrderedDict\nNR."
      })
  void nothingWhereSomethingShouldBeIsTold(String pickle) throws IOException {
    Path file = torch(pickle);
    assertThatThrownBy(() -> TensorFile.open(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(file + ": ");
  }

  @Test
  void listsOfListsOfListsAreNotPrinted() throws IOException {
    StringBuilder doubled = new StringBuilder("]");
    for (int i = 0; i < 60; i++) {
      doubled.append("p0\n0](g0\ng0\ne");
    }
    Path file = torch("(" + doubled + "K\\x01K\\x01tQ.");
    assertThatThrownBy(() -> TensorFile.open(file))
        .hasMessageContaining("asks for an outside object that has no name");
    Path inside = torch("}U\\x01w" + doubled + "s.");
    assertThatThrownBy(() -> TensorFile.open(inside)).hasMessageContaining("hold too much");
  }

  @Test
  void namesAreNamesOfOneLine() throws IOException {
    Path line = torch("}U\\x03a\\x0aw" + tensor(0, "(K\\x04t", "(K\\x01t") + "s.");
    Path safe = safetensors("{\"a\\nb\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}");
    for (Path file : new Path[] {line, safe}) {
      assertThatThrownBy(() -> TensorFile.open(file))
          .hasMessageStartingWith(file + ": the name of a tensor holds a control character: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"__metadata__\":[]}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,9223372036854775807],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,9223372036854775807,9],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775800,9223372036854775804]}}",
        "{\"a\":null}",
        "[]",
        "7",
        ""
      })
  void headersThatAreNoneAreTold(String header) throws IOException {
    Path file = safetensors(header);
    assertThatThrownBy(() -> TensorFile.open(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(file + ": ");
  }

  private Path safetensors(String header) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    Path file = directory.resolve("a.safetensors");
    return Files.write(file, bytes.putLong(text.length).put(text).array());
  }

  @Test
  void pipesAndDevicesAreNotOpened() throws Exception {
    Path pipe = directory.resolve("pipe.safetensors");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path file : new Path[] {pipe, Path.of("/dev/zero")}) {
      assertThatThrownBy(() -> Checkpoint.open(file))
          .hasMessageStartingWith(file + ": not a regular file but a pipe or a device");
    }
    Files.move(pipe, directory.resolve("model.safetensors"));
    assertThatThrownBy(() -> Checkpoint.open(directory)).hasMessageContaining("not a regular file");
  }

  @Test
  void aTensorCannotBeCalledAsTheHeadersText() throws IOException {
    Path source = torch("}U\\x0c__metadata__" + tensor(0, "(K\\x04t", "(K\\x01t") + "s.");
    Conversion conversion = Conversion.of(Checkpoint.open(source));
    Path target = directory.resolve("b.safetensors");
    assertThatThrownBy(() -> conversion.writeFile(target, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no tensor of a safetensors file can be called __metadata__");
    assertThat(target).doesNotExist();
  }

  @Test
  void whatDoesNotFitATypeIsTold() throws IOException {
    float[] numbers = {1, 65504, 65519, Float.POSITIVE_INFINITY};
    write(numbers);
    assertThat(converted(ElementType.F16)).endsWith(Float.POSITIVE_INFINITY).contains(65504);
    for (float large : new float[] {65520, -1e30f}) {
      write(new float[] {1, large});
      assertThatThrownBy(() -> converted(ElementType.F16))
          .hasMessage("w holds " + large + ", more than F16 can hold; store it as F32");
      assertThat(converted(ElementType.BF16)[1] / large).isBetween(0.99f, 1.01f);
    }
    write(new float[] {Float.MAX_VALUE});
    assertThatThrownBy(() -> converted(ElementType.BF16)).hasMessageContaining("more than BF16");
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void anFp64TooLargeForFp32IsTold() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e300);
    String header = "{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
    Path file = safetensors(header);
    Files.write(file, bytes.array(), java.nio.file.StandardOpenOption.APPEND);
    assertThatThrownBy(() -> TensorFile.open(file).floats("w"))
        .hasMessage(file + ": w holds 1.0E300, more than fp32 can hold");
  }

  private void write(float[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    Outgoing tensor =
        new Outgoing(
            "w",
            ElementType.F32,
            new Shape(numbers.length),
            sink -> sink.accept(bytes.duplicate()));
    new SafetensorsWriter().add(tensor).write(directory.resolve("model.safetensors"));
  }

  private float[] converted(ElementType type) throws IOException {
    Path target = directory.resolve("narrow.safetensors");
    Conversion.of(Checkpoint.open(directory)).writeFile(target, Optional.of(type));
    return TensorFile.open(target).floats("w");
  }

  private Path[] unfinished() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".unfinished")).toArray(Path[]::new);
    }
  }

  @Test
  void moreThanTheDiskHoldsIsNotBegun() {
    Outgoing tensor =
        new Outgoing(
            "w",
            ElementType.F32,
            new Shape(1L << 50),
            sink -> {
              throw new IOException("asked for numbers");
            });
    assertThatThrownBy(
            () -> new SafetensorsWriter().add(tensor).write(directory.resolve("a.safetensors")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("No space left on device: it takes 4,503,599,627,370,496 bytes, ");
  }

  @Test
  void theUnusedBiasOfTheFirstT5IsPassedOver() throws IOException {
    String unused = "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight";
    Path source = Goldens.directory().resolve("files/sharded");
    Conversion.of(Checkpoint.open(source)).writeDirectory(directory, Optional.empty());
    Checkpoint plain = Checkpoint.open(directory);
    SafetensorsWriter writer = new SafetensorsWriter();
    TensorFile file = TensorFile.open(directory.resolve("model.safetensors"));
    file.tensors().values().forEach(tensor -> writer.add(file, tensor, tensor.type()));
    StoredTensor some = file.tensors().values().iterator().next();
    writer.add(file, some.named(unused), some.type());
    Path old = Files.createDirectory(directory.resolve("old"));
    writer.write(old.resolve("model.safetensors"));

    Checkpoint checkpoint = Checkpoint.open(old);
    assertThat(checkpoint.names()).isEqualTo(plain.names());
    assertThat(checkpoint.passedOver()).containsExactly(unused);
    assertThat(Conversion.of(checkpoint).kept())
        .extracting(StoredTensor::name)
        .doesNotContain(unused);
    assertThat(Map.of("none", plain.passedOver())).containsEntry("none", java.util.List.of());
  }
}
