package dev.fusebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.array.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reference outputs of the original Python code: where they lie and how ours are compared with
 * them. Another set of the same layout, from other seeds, is checked with {@code
 * -Dfusebox.goldens=DIR}.
 */
public final class Goldens {

  private Goldens() {}

  /** The set that is checked. */
  public static Path directory() {
    return Path.of(System.getProperty("fusebox.goldens", "t5-core/src/test/resources/goldens"));
  }

  /**
   * Every case directory of {@code group} ("t5", "mmcot", "concat") that holds all of {@code
   * files}; at least one.
   */
  public static List<Path> cases(String group, String... files) {
    return list(directory().resolve(group)).stream()
        .filter(Files::isDirectory)
        .filter(path -> Stream.of(files).allMatch(file -> Files.exists(path.resolve(file))))
        .toList();
  }

  /** Every entry of that directory, sorted; at least one. */
  public static List<Path> list(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> sorted = entries.sorted().toList();
      assertThat(sorted).as("reference outputs in " + directory).isNotEmpty();
      return sorted;
    } catch (IOException e) {
      throw new AssertionError("no reference outputs in " + directory.toAbsolutePath(), e);
    }
  }

  /** What the original code computed in that case. */
  public static SafetensorsFile expected(Path directory) throws IOException {
    return SafetensorsFile.open(directory.resolve("expected.safetensors"));
  }

  /**
   * Text of the data set that is not part of the project, such as {@code tokenizer/ids.jsonl}: in
   * the set, else in the shared data. Skips the test where there is neither.
   */
  public static Path text(String name) {
    Path inSet = directory().resolve(name);
    return Files.exists(inSet) ? inSet : shared("golden/" + name);
  }

  /** Data of others, below the shared directory. Skips the test where it is absent. */
  public static Path shared(String name) {
    Path path = Path.of(System.getProperty("fusebox.shared", "../shared")).resolve(name);
    assumeThat(path).as("skipped: this test reads data from outside the project").exists();
    return path;
  }

  /** {@code ‖found − expected‖ / ‖expected‖}, or {@code ‖found‖} where all is expected to be 0. */
  public static double relativeDifference(float[] found, float[] expected) {
    assertThat(found).as("count of numbers").hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      double delta = (double) found[i] - expected[i];
      difference += delta * delta;
      norm += (double) expected[i] * expected[i];
    }
    return Math.sqrt(norm == 0 ? difference : difference / norm);
  }

  /** Asserts the shape, and the numbers within {@code tolerance}, relative in norm. */
  public static void assertClose(
      NDArray found, SafetensorsFile expected, String name, double tolerance) throws IOException {
    assertThat(found.getShape()).as("shape of " + name).isEqualTo(expected.shape(name));
    assertClose(name, found.toFloatArray(), expected.floats(name), tolerance);
  }

  /** Asserts the numbers within {@code tolerance}, relative in norm. */
  public static void assertClose(String name, float[] found, float[] expected, double tolerance) {
    assertThat(relativeDifference(found, expected))
        .as("relative difference of " + name)
        .isLessThanOrEqualTo(tolerance);
  }

  /**
   * A tensor of a reference file as an array that torch owns: int64 for whole numbers and truth
   * values, else fp32.
   */
  public static NDArray array(NDManager manager, SafetensorsFile file, String name)
      throws IOException {
    Shape shape = file.shape(name);
    if (file.tensor(name).type().floating()) {
      NDArray array = manager.create(shape, DataType.FLOAT32);
      array.toByteBuffer(true).asFloatBuffer().put(file.floats(name));
      return array;
    }
    NDArray array = manager.create(shape, DataType.INT64);
    array.toByteBuffer(true).asLongBuffer().put(file.longs(name));
    return array;
  }
}
