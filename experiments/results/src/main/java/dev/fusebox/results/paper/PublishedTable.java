package dev.fusebox.results.paper;

import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A table of a paper.
 *
 * @param source the paper and which version of it
 * @param generation which of a paper's versions it is of, in a word
 * @param decoding how the texts were made, where a row does not say otherwise
 * @param certainty how sure its numbers are
 * @param columns the names of a row's values, in their order
 * @param note empty where there is nothing to say
 */
record PublishedTable(
    String id,
    String title,
    String source,
    String generation,
    String dataset,
    String split,
    String metric,
    String decoding,
    String certainty,
    List<String> columns,
    String note,
    List<Row> rows) {

  /**
   * A row.
   *
   * @param size of the model; empty where it is not known
   * @param decoding empty where it is the table's
   * @param values by column: numbers, words, or nothing
   */
  record Row(
      String name,
      String size,
      String decoding,
      Map<String, Object> values,
      String note,
      String setting,
      String certainty) {

    Row {
      size = Objects.requireNonNullElse(size, "");
      decoding = Objects.requireNonNullElse(decoding, "");
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // some are null
    }

    /** One of its numbers, if it has it. */
    OptionalDouble number(String column) {
      return values.get(column) instanceof Number number
          ? OptionalDouble.of(number.doubleValue())
          : OptionalDouble.empty();
    }

    private List<Cell> cells(List<String> columns) {
      String label = decoding.isEmpty() ? name : name + " (decoding " + inWords(decoding) + ")";
      List<Cell> cells = new ArrayList<>(List.of(new Cell.Words(label), new Cell.Words(size)));
      columns.forEach(column -> cells.add(cell(values.get(column))));
      return cells;
    }
  }

  /**
   * The row of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Row row(String name) {
    return rows.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("table " + id + " has no row " + name));
  }

  /** How a row was decoded: {@code generated}, {@code teacher-forced} or {@code unknown}. */
  String decoding(Row row) {
    return inWords(row.decoding().isEmpty() ? decoding : row.decoding());
  }

  /** As it was published. */
  Table table() {
    List<Column> headings = new ArrayList<>(List.of(Column.words(""), Column.words("size")));
    columns.forEach(column -> headings.add(Column.number(column)));
    List<String> notes = new ArrayList<>(List.of("source: " + source));
    if (!note.isEmpty()) {
      notes.add(note);
    }
    return new Table(
        title,
        context(),
        headings,
        List.of(rows.stream().map(row -> row.cells(columns)).toList()),
        notes);
  }

  private List<String> context() {
    return List.of(
        "published, " + generation,
        (dataset + " " + split).strip(),
        metric + " ↑",
        "decoding " + inWords(decoding),
        certainty);
  }

  private static Cell cell(Object value) {
    if (value instanceof Integer count) {
      return new Cell.Count(count);
    }
    return value instanceof Number number
        ? new Cell.Score(number.doubleValue(), 2)
        : new Cell.Words(Objects.toString(value, ""));
  }

  private static String inWords(String decoding) {
    return decoding.replace('_', '-');
  }
}
