package dev.fusebox.extract;

import java.util.List;

/**
 * What became of a picture: a line of the journal.
 *
 * @param name the picture's
 * @param row its row; -1 without one
 * @param fault why it could not be read; empty if it could
 */
record Entry(String name, long row, String fault) {

  private static final String BETWEEN = "\t";

  Entry {
    fault = fault.replaceAll("\\s+", " ");
  }

  boolean hasRow() {
    return row >= 0;
  }

  boolean isFaulty() {
    return !fault.isEmpty();
  }

  String line() {
    return String.join(BETWEEN, Long.toString(row), fault, name) + "\n"; // a name may hold tabs
  }

  static Entry of(String line) {
    List<String> parts = List.of(line.split(BETWEEN, 3));
    return new Entry(parts.get(2), Long.parseLong(parts.get(0)), parts.get(1));
  }
}
