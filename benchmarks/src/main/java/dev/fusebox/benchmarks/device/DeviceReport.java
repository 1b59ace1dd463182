package dev.fusebox.benchmarks.device;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found, as {@code check.json} and {@code check.md}. */
final class DeviceReport {

  static final String JSON_FILE = "check.json";
  static final String TABLE = "check.md";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> about;
  private final List<Row> rows = new ArrayList<>();

  /** An empty one about a machine. */
  DeviceReport(Map<String, String> about) {
    this.about = new LinkedHashMap<>(about);
  }

  /** Adds what was found, and says it. */
  void add(List<Row> found) {
    for (Row row : found) {
      rows.add(row);
      System.out.printf(
          "  %-8s %s: %s%s%n",
          row.holds() ? "" : "NOT SO", row.what(), row.found(), bounds(row, " (%s)"));
    }
  }

  private static String bounds(Row row, String pattern) {
    return row.allowed().isEmpty() ? "" : pattern.formatted(row.allowed());
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Whether everything is as it should be. */
  boolean holds() {
    return rows.stream().allMatch(Row::holds);
  }

  /** Writes both files. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    ObjectNode all = JSON.createObjectNode().put("schema", 1).put("holds", holds());
    all.set("about", JSON.valueToTree(about));
    all.set("rows", JSON.valueToTree(rows));
    JsonFiles.write(folder.resolve(JSON_FILE), all);
    JsonFiles.text(folder.resolve(TABLE), markdown());
  }

  /** The rows that another process has found. */
  static List<Row> read(Path folder) throws IOException {
    return JSON.convertValue(
        JsonFiles.read(folder.resolve(JSON_FILE)).get("rows"), new TypeReference<>() {});
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("# The device\n\n");
    about.forEach((name, value) -> text.append("* %s: %s%n".formatted(name, value)));
    String section = "";
    for (Row row : rows) {
      if (!row.section().equals(section)) {
        section = row.section();
        text.append("%n## %s%n| | found | allowed | |%n|---|---|---|---|%n".formatted(section));
      }
      text.append(
          "| %s | %s | %s | %s |%n"
              .formatted(row.what(), row.found(), row.allowed(), row.holds() ? "" : "**not so**"));
    }
    return text.toString();
  }
}
