package dev.fusebox.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Floating-point operations of matrix products and of attention, forward and backward, counted as
 * libtorch carries them out: its profiler names every operator with the shapes of its operands, so
 * that nothing has to be known of the model. An addition and a multiplication are two operations; a
 * sum, a norm or a softmax, some hundredths of the whole, is none.
 *
 * @param result what the work returned
 * @param operations how many there were; 0 if they could not be counted
 * @since 0.1
 */
public record OperationCount<T>(T result, double operations) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Does {@code work} and counts what this thread and its backward passes compute meanwhile. Slower
   * than the work alone, and with the same bits. Counts do not nest. Where there is no room for the
   * profiler's notes the work is done all the same, and the count is 0.
   */
  public static <T> OperationCount<T> during(Supplier<T> work) {
    Engine.getInstance(); // loads libtorch
    Path notes;
    try {
      notes = Files.createTempFile("fusebox-operations", ".json");
    } catch (IOException e) {
      return new OperationCount<>(work.get(), 0);
    }
    try {
      T result = noted(work, notes);
      return new OperationCount<>(result, read(notes));
    } finally {
      delete(notes);
    }
  }

  private static void delete(Path notes) {
    try {
      Files.deleteIfExists(notes);
    } catch (IOException e) {
      notes.toFile().deleteOnExit();
    }
  }

  private static double read(Path notes) {
    try {
      return operations(JSON.readTree(notes.toFile()));
    } catch (IOException e) {
      return 0; // cut, where a disk is full
    }
  }

  private static <T> T noted(Supplier<T> work, Path notes) {
    JniUtils.startProfile(false, true, false);
    try {
      return work.get();
    } finally {
      JniUtils.stopProfile(notes.toString());
    }
  }

  /** Of all operators that libtorch noted. */
  static double operations(JsonNode operators) {
    double sum = 0;
    for (JsonNode operator : operators) {
      sum += operations(operator.path("name").asText(), shapes(operator.path("shape")));
    }
    return sum;
  }

  private static List<List<Long>> shapes(JsonNode operands) {
    List<List<Long>> shapes = new ArrayList<>();
    for (JsonNode operand : operands) {
      List<Long> shape = new ArrayList<>();
      operand.forEach(side -> shape.add(side.asLong()));
      shapes.add(shape);
    }
    return shapes;
  }

  /** Operators that are made of others are named beside those, and count nothing themselves. */
  private static double operations(String operator, List<List<Long>> operands) {
    return switch (operator) {
      case "aten::mm", "aten::bmm", "aten::mv" -> product(operands.get(0), operands.get(1));
      case "aten::addmm", "aten::addmm_", "aten::baddbmm", "aten::baddbmm_", "aten::addmv" ->
          product(operands.get(1), operands.get(2));
      case "aten::_scaled_dot_product_flash_attention_for_cpu",
          "aten::_scaled_dot_product_flash_attention",
          "aten::_scaled_dot_product_efficient_attention",
          "aten::_scaled_dot_product_cudnn_attention" ->
          attention(operands.get(0), operands.get(1), 2);
      case "aten::_scaled_dot_product_flash_attention_for_cpu_backward",
          "aten::_scaled_dot_product_flash_attention_backward",
          "aten::_scaled_dot_product_efficient_attention_backward",
          "aten::_scaled_dot_product_cudnn_attention_backward" ->
          attention(operands.get(1), operands.get(2), 5); // its scores are computed again
      default -> 0;
    };
  }

  /** Of (…, M, K) and (…, K, N), or of (M, K) and (K). */
  private static double product(List<Long> left, List<Long> right) {
    double columns = right.size() > 1 ? right.get(right.size() - 1) : 1;
    return 2 * numbers(left) * columns;
  }

  /** Of queries (B, H, T, E) and keys (B, H, S, E), which are as wide as the values. */
  private static double attention(List<Long> queries, List<Long> keys, int products) {
    return products * 2 * numbers(queries) * keys.get(2);
  }

  private static double numbers(List<Long> shape) {
    return shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
  }
}
