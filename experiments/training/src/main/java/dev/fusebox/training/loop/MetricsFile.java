package dev.fusebox.training.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.FullDisk;
import dev.fusebox.file.Lines;
import dev.fusebox.file.TextFile;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TokenCount;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code metrics.jsonl}: a line per step, per look at the validation questions and per reading of a
 * fusion's gates. It tells nothing of the clock, so that two runs of the same settings leave the
 * same bytes.
 */
public final class MetricsFile implements AutoCloseable {

  /** Its usual name. */
  public static final String NAME = "metrics.jsonl";

  /** The figure that is no curve: operations per example, the same in every step. */
  public static final String OPERATIONS = "operations";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STEP = "step";
  private static final String TOKENS = "tokens";
  private static final String PLACES = "places";
  private static final String GATES = "gates";
  private static final Set<String> BESIDE_CURVES = Set.of(TOKENS, PLACES, OPERATIONS);

  private final Path file;
  private final BufferedWriter writer;

  /**
   * Opens the file.
   *
   * @param step lines of later steps are dropped: the run goes on from here
   */
  MetricsFile(Path file, long step) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      String kept = String.join("", linesUpTo(file, step));
      WholeFile.write(file, output -> output.write(kept.getBytes(StandardCharsets.UTF_8)));
    }
    writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> linesUpTo(Path file, long step) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.endsWith("}")) // a kill may have cut the last one
        .takeWhile(line -> stepOf(line) <= step)
        .map(line -> line + "\n")
        .toList();
  }

  private static long stepOf(String line) {
    try {
      return JSON.readTree(line).path(STEP).asLong(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * Reads all lines.
   *
   * @throws UserError if one is damaged
   */
  public static List<MetricsLine> read(Path file) throws IOException {
    List<MetricsLine> lines = new ArrayList<>();
    for (String text : TextFile.lines(file)) {
      try {
        lines.add(line(JSON.readTree(text)));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new UserError(
            "%s, line %d: metrics expected, found %s"
                .formatted(file, lines.size() + 1, Lines.folded(text, 1, "in the file")),
            e);
      }
    }
    return lines;
  }

  private static MetricsLine line(JsonNode line) {
    if (!line.isObject()) {
      throw new IllegalArgumentException("a line must be an object");
    }
    Map<String, Number> figures = numbers(line);
    figures.remove(STEP);
    figures.remove(GATES);
    return new MetricsLine(line.path(STEP).asLong(), figures, numbers(line.path(GATES)));
  }

  /** JSON has no word for what is not a number, which is written as a text therefore. */
  private static Map<String, Number> numbers(JsonNode node) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    node.properties()
        .forEach(
            each -> {
              JsonNode value = each.getValue();
              numbers.put(each.getKey(), value.isNumber() ? value.numberValue() : value.asDouble());
            });
    return numbers;
  }

  /** What all steps of a file read and wrote. */
  static TokenCount count(Path file) throws IOException {
    List<MetricsLine> lines = read(file);
    return new TokenCount(
        (long) sum(lines, TOKENS), (long) sum(lines, PLACES), sum(lines, OPERATIONS));
  }

  private static double sum(List<MetricsLine> lines, String name) {
    double sum = 0; // one after the other: streams add with other roundings
    for (MetricsLine line : lines) {
      sum += line.count(name);
    }
    return sum;
  }

  /** Says again what a run that goes on has measured so far, for a listener that was not there. */
  static void tell(Path file, StageProgress listener) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (MetricsLine line : read(file)) {
      Map<String, Double> figures = new LinkedHashMap<>();
      Map<String, Number> values = line.gates().isEmpty() ? line.figures() : line.gates();
      values.forEach((name, value) -> figures.put(name, value.doubleValue()));
      figures.keySet().removeAll(BESIDE_CURVES);
      listener.measured(line.step(), figures);
    }
  }

  /**
   * Adds a step.
   *
   * @param step counts from 1
   * @param tokens read and written
   * @param places padding included
   * @param operations floating-point operations per example; 0 where they were not counted
   */
  void step(long step, Learner.Figures figures, int tokens, int places, double operations)
      throws IOException {
    ObjectNode line = JSON.createObjectNode().put(STEP, step);
    figures.byName().forEach(line::put);
    line.put(TOKENS, tokens).put(PLACES, places);
    write(operations > 0 ? line.put(OPERATIONS, operations) : line);
  }

  /** Adds a fusion's gates after that step, if it has any. */
  void gates(long step, Map<String, Double> gates) throws IOException {
    if (!gates.isEmpty()) {
      ObjectNode line = JSON.createObjectNode().put(STEP, step);
      ObjectNode values = line.putObject(GATES);
      gates.forEach(values::put);
      write(line);
    }
  }

  /** Adds a look at the validation questions after that step. */
  void look(long step, ValidationResult look) throws IOException {
    ObjectNode line = JSON.createObjectNode().put(STEP, step);
    look.byName().forEach(line::put);
    write(line);
  }

  private void write(ObjectNode line) throws IOException {
    try {
      writer.write(line.toString());
      writer.write('\n');
    } catch (IOException e) {
      throw FullDisk.at(file, e);
    }
  }

  /** Hands everything to the file, before a state is saved that counts on it. */
  void flush() throws IOException {
    try {
      writer.flush();
    } catch (IOException e) {
      throw FullDisk.at(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
