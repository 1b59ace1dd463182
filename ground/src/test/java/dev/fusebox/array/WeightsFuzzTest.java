package dev.fusebox.array;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.checkpoint.Conversion;
import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Weight files of any bytes. What once went wrong lies among the inputs. */
public final class WeightsFuzzTest {

  private static final long MOST_READ = 1 << 20;
  private static final FuzzedFile SAFETENSORS =
      new FuzzedFile("a.safetensors", FileFormatException.class);
  private static final FuzzedFile TORCH = new FuzzedFile("a.bin", FileFormatException.class);
  private static final FuzzedFile PICKLE = new FuzzedFile("b.bin", FileFormatException.class);
  private static final FuzzedFile INDEX =
      new FuzzedFile("model.safetensors.index.json", IOException.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "safetensors", WeightsFuzzTest::safetensors,
          "torch", WeightsFuzzTest::torch,
          "anyForm", WeightsFuzzTest::anyForm,
          "pickle", WeightsFuzzTest::pickle,
          "index", WeightsFuzzTest::index);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(WeightsFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(WeightsFuzzTest.class, TARGETS.keySet());
  }

  private static void safetensors(byte[] bytes) {
    SAFETENSORS.read(bytes, file -> readAll(SafetensorsFile.open(file)));
  }

  private static void torch(byte[] bytes) {
    TORCH.read(bytes, file -> readAll(TorchFile.open(file)));
  }

  private static void anyForm(byte[] bytes) {
    TORCH.read(bytes, file -> Conversion.of(Checkpoint.open(file)).kept());
  }

  /** A whole archive around the program, so that most of them are run. */
  private static void pickle(byte[] program) {
    PICKLE.read(
        program,
        file -> {
          TorchArchives.write(file, program, Map.of("data/0", new byte[64]));
          readAll(TorchFile.open(file));
        });
  }

  private static void index(byte[] bytes) {
    INDEX.read(bytes, Checkpoint::open);
  }

  private static void readAll(TensorFile file) {
    for (StoredTensor tensor : file.weights().values()) {
      if (tensor.size() <= MOST_READ) {
        read(file, tensor);
      }
    }
  }

  private static void read(TensorFile file, StoredTensor tensor) {
    try (TensorReader reader = new TensorReader(file.path())) {
      reader.forEachChunk(tensor, bytes -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
