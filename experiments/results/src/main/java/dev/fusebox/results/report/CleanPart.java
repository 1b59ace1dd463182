package dev.fusebox.results.report;

import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Puts below a table of an experiment what it says of the test questions that are not nearly
 * training questions: whoever learnt those by heart holds, looks and claims by them.
 *
 * @param whole of all test questions
 * @param clean of the others; empty where nothing leaks, and where everything does
 */
record CleanPart(Report whole, Optional<Report> clean) {

  private static final String ENDING = ", without near-duplicates of training questions";

  static CleanPart of(Report report) {
    int leaked = report.leaks().map(Leaks::count).orElse(0);
    boolean some = leaked > 0 && leaked < report.test().size();
    return new CleanPart(report, some ? Optional.of(report.clean()) : Optional.empty());
  }

  /**
   * A table, and a short one of the clean part if there is one. Both say how much is left out.
   *
   * @param headings the columns of the short one, few enough for a terminal
   */
  Stream<Table> beside(Function<Report, Optional<Table>> table, List<String> headings) {
    Optional<Table> all = table.apply(whole).map(made -> made.noting(whole.leaked()));
    return all.isEmpty()
        ? Stream.empty()
        : Stream.concat(
            all.stream(), clean.flatMap(table).map(made -> brief(made, headings)).stream());
  }

  private Table brief(Table made, List<String> headings) {
    return made.shortened(made.title().replaceFirst("\\?$", "") + ENDING, headings)
        .noted(List.of(Report.leftOut(clean.orElseThrow().test().size(), whole.test().size())));
  }
}
