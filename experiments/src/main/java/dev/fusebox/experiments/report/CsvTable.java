package dev.fusebox.experiments.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as comma-separated values (RFC 4180, with plain newlines): each value in a column of its
 * own, with two more decimals than people are shown. Title, context and notes are comments at the
 * top.
 */
public final class CsvTable {

  private CsvTable() {}

  /** The table; lines that begin with {@code #} are comments. */
  public static String render(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + table.title());
    table.context().forEach(context -> lines.add("# " + context));
    table.notes().forEach(note -> lines.add("# " + note));
    lines.add(row(table.columns().stream().flatMap(column -> column.fields().stream()).toList()));
    table.sections().stream()
        .flatMap(List::stream)
        .forEach(row -> lines.add(row(fields(table.columns(), row))));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> fields(List<Column> columns, List<Cell> row) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      List<String> values = row.get(i).fields();
      int width = columns.get(i).fields().size();
      fields.addAll(values.subList(0, Math.min(width, values.size())));
      fields.addAll(Collections.nCopies(Math.max(0, width - values.size()), ""));
    }
    return fields;
  }

  private static String row(List<String> fields) {
    return fields.stream().map(CsvTable::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String field) {
    return field.matches("[^\",\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
