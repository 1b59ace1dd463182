package dev.fusebox.results.table;

import java.util.List;

/**
 * A column of a table.
 *
 * @param heading as people read it
 * @param fields the headings of its values where each has a column of its own, as in CSV
 * @param left whether its cells stand at the left
 * @param ruled whether a line stands before it
 * @param spare whether it may be left out where space is short
 */
public record Column(
    String heading, List<String> fields, boolean left, boolean ruled, boolean spare) {

  public Column {
    fields = List.copyOf(fields);
  }

  /** Words, at the left. */
  public static Column words(String heading) {
    return new Column(heading, List.of(heading), true, false, false);
  }

  /** Numbers, at the right. */
  public static Column number(String heading, String... fields) {
    List<String> names = fields.length == 0 ? List.of(heading) : List.of(fields);
    return new Column(heading, names, false, false, false);
  }

  /** Values in their intervals of 95%. */
  public static Column estimate(String heading) {
    return number(heading, heading, heading + " low", heading + " high");
  }

  /** The same with a line before it. */
  public Column afterRule() {
    return new Column(heading, fields, left, true, spare);
  }

  /** The same, left out where space is short. */
  public Column whereSpace() {
    return new Column(heading, fields, left, ruled, true);
  }
}
