package dev.fusebox.results.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Published numbers as data: every table of Multimodal-CoT (arXiv 2302.00923) in both of its
 * generations, of its baselines and of later work, each with its source and how sure it is.
 */
public final class PaperTables {

  private static final Map<String, JsonNode> TABLES = read();

  private PaperTables() {}

  private static Map<String, JsonNode> read() {
    Map<String, JsonNode> tables = new LinkedHashMap<>();
    resource("paper-tables.json").forEach(table -> tables.put(table.path("id").asText(), table));
    return tables;
  }

  /** A JSON resource of this package. */
  public static JsonNode resource(String name) {
    try (InputStream stream = PaperTables.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ids of all tables, in the order of the papers. */
  public static List<String> ids() {
    return List.copyOf(TABLES.keySet());
  }

  /** A table as it was published. */
  public static Table table(String id) {
    JsonNode table = find(id);
    List<Column> columns = new ArrayList<>(List.of(Column.words(""), Column.words("size")));
    table.path("columns").forEach(column -> columns.add(Column.number(column.asText())));
    List<List<Cell>> rows = new ArrayList<>();
    table.path("rows").forEach(row -> rows.add(row(table, row)));
    List<String> notes = new ArrayList<>(List.of("source: " + table.path("source").asText()));
    if (!table.path("note").asText().isEmpty()) {
      notes.add(table.path("note").asText());
    }
    return new Table(table.path("title").asText(), context(table), columns, List.of(rows), notes);
  }

  private static List<String> context(JsonNode table) {
    List<String> context = new ArrayList<>();
    context.add("published, " + table.path("generation").asText());
    context.add((table.path("dataset").asText() + " " + table.path("split").asText()).strip());
    context.add(table.path("metric").asText() + " ↑");
    context.add("decoding " + inWords(table.path("decoding").asText()));
    context.add(table.path("certainty").asText());
    return context;
  }

  private static List<Cell> row(JsonNode table, JsonNode row) {
    String name = row.path("name").asText();
    if (row.hasNonNull("decoding")) {
      name += " (decoding " + inWords(row.get("decoding").asText()) + ")";
    }
    String size = row.path("size").isNull() ? "" : row.path("size").asText();
    List<Cell> cells = new ArrayList<>(List.of(new Cell.Words(name), new Cell.Words(size)));
    table
        .path("columns")
        .forEach(column -> cells.add(cell(row.path("values").path(column.asText()))));
    return cells;
  }

  private static Cell cell(JsonNode value) {
    if (value.isIntegralNumber()) {
      return new Cell.Count(value.asInt());
    }
    return value.isNumber()
        ? new Cell.Score(value.asDouble(), 2)
        : new Cell.Words(value.isNull() ? "" : value.asText());
  }

  /** One number of a table, if the table has it. */
  static OptionalDouble number(String id, String row, String column) {
    JsonNode value = find(id, row).path("values").path(column);
    return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
  }

  /** The headings of a row's numbers, in the table's order. */
  static List<String> figures(String id, String row) {
    List<String> figures = new ArrayList<>();
    for (JsonNode column : find(id).path("columns")) {
      if (number(id, row, column.asText()).isPresent()) {
        figures.add(column.asText());
      }
    }
    return figures;
  }

  /** The data a table is about. */
  static String dataset(String id) {
    return find(id).path("dataset").asText();
  }

  /** How a row was decoded: {@code generated}, {@code teacher-forced} or {@code unknown}. */
  static String decoding(String id, String row) {
    JsonNode own = find(id, row).path("decoding");
    return inWords(own.isMissingNode() ? find(id).path("decoding").asText() : own.asText());
  }

  private static JsonNode find(String id, String row) {
    for (JsonNode one : find(id).path("rows")) {
      if (one.path("name").asText().equals(row)) {
        return one;
      }
    }
    throw new IllegalArgumentException("table " + id + " has no row " + row);
  }

  private static JsonNode find(String id) {
    JsonNode table = TABLES.get(id);
    if (table == null) {
      throw new UserError(
          "no published table %s%s; known: %s"
              .formatted(
                  id,
                  Spelling.hint(id, TABLES.keySet()),
                  String.join(", ", new TreeSet<>(TABLES.keySet()))));
    }
    return table;
  }

  private static String inWords(String decoding) {
    return decoding.replace('_', '-');
  }
}
