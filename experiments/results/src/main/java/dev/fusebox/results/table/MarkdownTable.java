package dev.fusebox.results.table;

import dev.fusebox.file.Lines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table in GitHub's Markdown. */
public final class MarkdownTable {

  private static final String MARKUP =
      "[\\\\`*|~$]"
          + "|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])" // within a word it is a letter
          + "|<(?=[A-Za-z/!?])|&(?=#?\\w+;)"
          + "|](?=[(\\[:])";

  private MarkdownTable() {}

  /** The table under its title, its context and notes around it. */
  public static String render(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add("### " + escape(table.title()));
    lines.add("");
    if (!table.context().isEmpty()) {
      lines.add(escape(String.join(" · ", table.context())));
      lines.add("");
    }
    lines.add(row(table.columns().stream().map(Column::heading).toList()));
    lines.add(row(table.columns().stream().map(column -> column.left() ? ":--" : "--:").toList()));
    for (int section = 0; section < table.sections().size(); section++) {
      if (section > 0) {
        lines.add(row(Collections.nCopies(table.columns().size(), "")));
      }
      table.sections().get(section).stream().map(MarkdownTable::cells).forEach(lines::add);
    }
    if (!table.notes().isEmpty()) {
      lines.add("");
      table.notes().forEach(note -> lines.add("- " + escape(note)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String cells(List<Cell> row) {
    return row(row.stream().map(Cell::text).toList());
  }

  /**
   * The text in one line, with everything spelled out that Markdown, or HTML in it, would take for
   * more than text. Brackets are text unless what follows makes a link of them.
   */
  static String escape(String text) {
    return Lines.single(text).replaceAll(MARKUP, "\\\\$0");
  }

  private static String row(List<String> cells) {
    return cells.stream().map(MarkdownTable::escape).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
