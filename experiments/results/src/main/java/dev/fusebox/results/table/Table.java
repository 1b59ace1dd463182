package dev.fusebox.results.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as data.
 *
 * @param title what it answers
 * @param context what holds for all its numbers: metric and direction, data, n, seeds, decoding
 * @param columns its columns
 * @param sections rows in groups; a line stands between two groups
 * @param notes below it: how to read it, what failed; one may have several lines
 */
public record Table(
    String title,
    List<String> context,
    List<Column> columns,
    List<List<List<Cell>>> sections,
    List<String> notes) {

  /** The same with more notes before the others. */
  public Table noting(List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.addAll(notes);
    return new Table(title, context, columns, sections, all);
  }

  public Table {
    context = List.copyOf(context);
    columns = List.copyOf(columns);
    sections = List.copyOf(sections);
    notes = List.copyOf(notes);
    for (List<List<Cell>> section : sections) {
      for (List<Cell> row : section) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "a row needs " + columns.size() + " cells, found " + row.size());
        }
      }
    }
  }
}
