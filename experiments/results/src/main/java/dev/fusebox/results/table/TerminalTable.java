package dev.fusebox.results.table;

import dev.fusebox.file.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table as text in columns of equal width, for a terminal or a log. */
public final class TerminalTable {

  private static final String INDENT = "  ";

  private final Table table;
  private final List<Integer> shown;
  private final List<Integer> widths;

  private TerminalTable(Table table, List<Integer> shown) {
    this.table = table;
    this.shown = shown;
    this.widths = IntStream.range(0, table.columns().size()).mapToObj(this::width).toList();
  }

  /** Lays the table out with all its columns. Lines end with a newline. */
  public static String render(Table table) {
    return render(table, Integer.MAX_VALUE);
  }

  /**
   * Lays the table out for a terminal so many characters wide: columns that can be spared are left
   * out, the last first, until it fits or none is left.
   */
  public static String render(Table table, int width) {
    List<Integer> shown =
        new ArrayList<>(IntStream.range(0, table.columns().size()).boxed().toList());
    TerminalTable layout = new TerminalTable(table, shown);
    for (int i = table.columns().size() - 1; i >= 0 && layout.breadth() > width; i--) {
      if (table.columns().get(i).spare()) {
        shown.remove(Integer.valueOf(i));
      }
    }
    return layout.text();
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add(Lines.single(table.title()));
    if (!table.context().isEmpty()) {
      lines.add(Lines.single(String.join(" · ", table.context())));
    }
    lines.add("");
    lines.add(line(i -> table.columns().get(i).heading()));
    for (int section = 0; section < table.sections().size(); section++) {
      if (section > 0) {
        lines.add(line(i -> ""));
      }
      table.sections().get(section).forEach(row -> lines.add(line(i -> row.get(i).text())));
    }
    lines.add("");
    for (String note : table.notes()) {
      List<String> parts = Lines.of(note);
      lines.add(INDENT + parts.get(0));
      parts.stream().skip(1).forEach(part -> lines.add(INDENT + INDENT + part));
    }
    return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
  }

  private String line(IntFunction<String> cell) {
    StringBuilder line = new StringBuilder(INDENT);
    for (int i : shown) {
      Column column = table.columns().get(i);
      line.append(gap(i)).append(pad(cell.apply(i), widths.get(i), column.left()));
    }
    return line.toString();
  }

  private String gap(int column) {
    if (column == 0) {
      return "";
    }
    return table.columns().get(column).ruled() ? " │ " : "  ";
  }

  private int breadth() {
    return INDENT.length() + shown.stream().mapToInt(i -> gap(i).length() + widths.get(i)).sum();
  }

  private int width(int column) {
    int heading = table.columns().get(column).heading().length();
    return table.sections().stream()
        .flatMap(List::stream)
        .mapToInt(row -> row.get(column).text().length())
        .reduce(heading, Math::max);
  }

  private static String pad(String text, int width, boolean left) {
    String blanks = " ".repeat(Math.max(0, width - text.length()));
    return left ? text + blanks : blanks + text;
  }
}
