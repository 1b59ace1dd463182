package dev.fusebox.results.table;

import dev.fusebox.file.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table in LaTeX, with the rules of the booktabs package. Needs no other package. */
public final class LatexTable {

  private static final Map<Character, String> ESCAPES =
      Map.ofEntries(
          Map.entry('\\', "\\textbackslash{}"),
          Map.entry('&', "\\&"),
          Map.entry('%', "\\%"),
          Map.entry('$', "\\$"),
          Map.entry('#', "\\#"),
          Map.entry('_', "\\_"),
          Map.entry('{', "\\{"),
          Map.entry('}', "\\}"),
          Map.entry('~', "\\textasciitilde{}"),
          Map.entry('^', "\\textasciicircum{}"),
          Map.entry('<', "$<$"),
          Map.entry('>', "$>$"),
          Map.entry('±', "$\\pm$"),
          Map.entry('−', "$-$"),
          Map.entry('–', "--"),
          Map.entry('·', "$\\cdot$"),
          Map.entry('↑', "$\\uparrow$"),
          Map.entry('↓', "$\\downarrow$"),
          Map.entry('→', "$\\rightarrow$"),
          Map.entry('×', "$\\times$"),
          Map.entry('✗', "$\\times$"),
          Map.entry('†', "$\\dagger$"));

  /** The hyphen of a negative number, not one within a word or a range. */
  private static final Pattern MINUS = Pattern.compile("(?<![\\w.-])-(?=\\d)");

  private LatexTable() {}

  /** A {@code table} float: title and context as its caption, notes below it. */
  public static String render(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add("% needs \\usepackage{booktabs}");
    lines.add("\\begin{table}");
    lines.add("  \\centering");
    lines.add("  \\caption{" + caption(table) + "}");
    lines.add("  \\begin{tabular}{" + columnTypes(table) + "}");
    lines.add("    \\toprule");
    lines.add(row(table.columns().stream().map(Column::heading).toList()));
    for (List<List<Cell>> section : table.sections()) {
      lines.add("    \\midrule");
      section.forEach(row -> lines.add(row(row.stream().map(Cell::text).toList())));
    }
    lines.add("    \\bottomrule");
    lines.add("  \\end{tabular}");
    if (!table.notes().isEmpty()) {
      lines.add("  \\par\\smallskip\\footnotesize");
      table.notes().forEach(note -> lines.add("  " + escape(note) + "\\par"));
    }
    lines.add("\\end{table}");
    return String.join("\n", lines) + "\n";
  }

  private static String caption(Table table) {
    String context =
        table.context().stream().map(LatexTable::escape).collect(Collectors.joining(", "));
    return escape(table.title()) + (context.isEmpty() ? "" : " (" + context + ")");
  }

  private static String columnTypes(Table table) {
    return table.columns().stream()
        .map(column -> column.left() ? "l" : "r")
        .collect(Collectors.joining());
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(LatexTable::escape)
        .collect(Collectors.joining(" & ", "    ", " \\\\"));
  }

  /** The text with everything that LaTeX would take for a command spelled out. */
  public static String escape(String text) {
    String escaped =
        Lines.single(text)
            .codePoints()
            .mapToObj(Character::toString)
            .map(letter -> ESCAPES.getOrDefault(letter.charAt(0), letter))
            .collect(Collectors.joining());
    return MINUS.matcher(escaped).replaceAll(Matcher.quoteReplacement("$-$"));
  }
}
