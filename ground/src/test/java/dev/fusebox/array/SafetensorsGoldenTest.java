package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SafetensorsGoldenTest {

  @Test
  void readsEveryTypeAsTheOriginalLibraryDoes() throws IOException {
    Path directory = Goldens.directory().resolve("files");
    SafetensorsFile file = SafetensorsFile.open(directory.resolve("dtypes.safetensors"));
    JsonNode values = new ObjectMapper().readTree(directory.resolve("dtypes.json").toFile());
    assertThat(file.names()).hasSize(12);
    for (StoredTensor tensor : file.tensors().values()) {
      List<Double> wanted = numbers(values.get(tensor.name()));
      if (tensor.type().floating()) {
        assertThat(numbers(file.floats(tensor.name()))).isEqualTo(wanted);
      } else {
        assertThat(numbers(file.longs(tensor.name()))).isEqualTo(wanted);
      }
    }
    assertThat(file.shape("empty")).isEqualTo(new Shape(0, 4));
    assertThat(file.shape("scalar")).isEqualTo(new Shape());
  }

  @Test
  void readsWhatOtherTestsCompareWith() throws IOException {
    for (Path directory : Goldens.cases("t5")) {
      SafetensorsFile expected = Goldens.expected(directory);
      assertThat(expected.longs("input_ids")).hasSize((int) expected.shape("input_ids").size());
      try (NDManager manager = NDManager.newBaseManager()) {
        NDArray labels = Goldens.array(manager, expected, "labels");
        assertThat(labels.toLongArray()).isEqualTo(expected.longs("labels"));
        NDArray logits = Goldens.array(manager, expected, "logits");
        Goldens.assertClose(logits, expected, "logits", 0);
      }
    }
  }

  private static List<Double> numbers(JsonNode node) {
    List<Double> numbers = new ArrayList<>();
    collect(node, numbers);
    return numbers;
  }

  private static void collect(JsonNode node, List<Double> into) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, into));
    } else {
      into.add(node.isBoolean() ? (node.booleanValue() ? 1 : 0) : node.doubleValue());
    }
  }

  private static List<Double> numbers(float[] found) {
    return IntStream.range(0, found.length).mapToObj(i -> (double) found[i]).toList();
  }

  private static List<Double> numbers(long[] found) {
    return LongStream.of(found).mapToObj(number -> (double) number).toList();
  }
}
