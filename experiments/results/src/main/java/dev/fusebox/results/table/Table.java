package dev.fusebox.results.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

  /** The same with another title, and of its columns only those with these headings. */
  public Table shortened(String other, List<String> headings) {
    List<String> own = columns.stream().map(Column::heading).toList();
    if (!own.containsAll(headings)) {
      throw new IllegalArgumentException("headings must be among " + own + ", found " + headings);
    }
    List<Integer> kept =
        IntStream.range(0, columns.size())
            .filter(i -> headings.contains(columns.get(i).heading()))
            .boxed()
            .toList();
    return new Table(
        other,
        context,
        kept.stream().map(columns::get).toList(),
        sections.stream().map(rows -> rows.stream().map(row -> some(row, kept)).toList()).toList(),
        notes);
  }

  private static List<Cell> some(List<Cell> row, List<Integer> places) {
    return places.stream().map(row::get).toList();
  }

  /** The same with these notes alone. */
  public Table noted(List<String> others) {
    return new Table(title, context, columns, sections, others);
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
