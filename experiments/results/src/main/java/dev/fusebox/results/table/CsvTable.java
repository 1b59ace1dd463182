package dev.fusebox.results.table;

import dev.fusebox.file.Lines;
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

  private static final String NUMBER = "[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?";

  private CsvTable() {}

  /** The table; lines that begin with {@code #} are comments. */
  public static String render(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add(comment(table.title()));
    table.context().forEach(context -> lines.add(comment(context)));
    table.notes().forEach(note -> lines.add(comment(note)));
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

  /** A comment; a spreadsheet that cuts it at its commas finds no formula in it. */
  private static String comment(String text) {
    return "# " + Lines.single(text).replaceAll("([,;\"])\\s*(?=[=+@-])", "$1 '");
  }

  /** A text that a spreadsheet would compute is marked as text, as spreadsheets do it. */
  private static String quoted(String text) {
    String single = Lines.single(text);
    boolean formula = single.matches("[=+@-].+") && !single.matches(NUMBER);
    String field = formula ? "'" + single : single;
    return field.matches("[^\",;]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
