package dev.fusebox.benchmarks.device;

/**
 * A line of the report.
 *
 * @param section what it belongs to
 * @param what was looked at
 * @param found what came out
 * @param allowed what may come out; empty where anything may
 * @param holds whether it did
 */
record Row(String section, String what, String found, String allowed, boolean holds) {

  /** Something to know. */
  static Row measured(String section, String what, String found) {
    return new Row(section, what, found, "", true);
  }

  /** A number that must not be above a bound; one that is none is. */
  static Row atMost(String section, String what, double found, double bound) {
    return new Row(
        section, what, "%.2e".formatted(found), "at most %.1e".formatted(bound), found <= bound);
  }

  /** Two things that must be the same. */
  static Row same(String section, String what, boolean same) {
    return new Row(section, what, same ? "the same" : "others", "the same", same);
  }
}
