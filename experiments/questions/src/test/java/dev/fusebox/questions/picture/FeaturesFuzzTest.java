package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyFile;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.array.TorchArray;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Feature files and pictures of any bytes. */
public final class FeaturesFuzzTest {

  private static final int MOST_READ = 1 << 20;
  private static final FuzzedFile NPY = new FuzzedFile("detr.npy", UserError.class);
  private static final FuzzedFile TORCH = new FuzzedFile("vit.pth", UserError.class);
  private static final FuzzedFile EXTRACTION =
      new FuzzedFile("vit.json", UserError.class, FileFormatException.class);
  private static final FuzzedFile NAMES = new FuzzedFile("name_map.json", UserError.class);
  private static final FuzzedFile PICTURE = new FuzzedFile("image.png", UserError.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "npy", FeaturesFuzzTest::npy,
          "torch", FeaturesFuzzTest::torch,
          "nameMap", FeaturesFuzzTest::nameMap,
          "picture", FeaturesFuzzTest::picture,
          "extraction", FeaturesFuzzTest::extraction);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(FeaturesFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(FeaturesFuzzTest.class, TARGETS.keySet());
  }

  private static void npy(byte[] bytes) {
    NPY.read(bytes, file -> readEnds(NpyFile.open(file)));
  }

  private static void torch(byte[] bytes) {
    TORCH.read(bytes, file -> readEnds(TorchArray.open(file)));
  }

  private static void readEnds(FeatureArray array) {
    int size = array.patches() * array.width();
    if (array.rows() > 0 && size <= MOST_READ) {
      array.read(0, FloatBuffer.allocate(size));
      array.read(array.rows() - 1, FloatBuffer.allocate(size));
    }
  }

  /** What lies beside a feature file and tells how it was made. */
  private static void extraction(byte[] bytes) {
    EXTRACTION.read(
        bytes,
        file -> {
          Path array = file.resolveSibling("vit.npy");
          if (!Files.exists(array)) {
            NpyWriter.floats(array, 0, 1, 2).close();
          }
          try {
            ExtractionRecord.requireUnchanged(NpyFile.open(array), FileHashes.ofThisProcess());
          } catch (UserError e) { // names the array, and the record beside it
            assertThat(e).hasMessageStartingWith(array + " ").hasMessageContaining(" vit.json ");
          }
        });
  }

  private static void nameMap(byte[] bytes) {
    NAMES.read(bytes, file -> NameMap.read(file).ids());
  }

  private static void picture(byte[] bytes) {
    PICTURE.read(bytes, file -> new PatchCutter(new PatchSettings(16, 8)).cut(file));
  }
}
