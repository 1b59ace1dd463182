package dev.fusebox.results.report;

import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Over how many runs of a variant a figure is, in words: seeds, or seeds on draws. */
public final class RunCount {

  private RunCount() {}

  /**
   * {@code 2 seeds}; where there are draws {@code 2 seeds x 3 draws}, or {@code 5 runs} where not
   * every draw has as many.
   */
  static String inWords(List<Repeat> runs) {
    if (runs.stream().noneMatch(Repeat::isDrawn)) {
      return Numbers.count(runs.size(), "seed");
    }
    Map<Long, Long> draws =
        runs.stream().collect(Collectors.groupingBy(Repeat::draw, Collectors.counting()));
    List<Long> seeds = draws.values().stream().distinct().toList();
    return seeds.size() == 1
        ? Numbers.count(seeds.get(0).intValue(), "seed")
            + " x "
            + Numbers.count(draws.size(), "draw")
        : Numbers.count(runs.size(), "run");
  }

  /**
   * What a column is called that counts them: {@code seeds}, or {@code runs} where there are draws.
   */
  public static String heading(Ablation ablation) {
    return ablation.hasDraws() ? "runs" : "seeds";
  }

  /** The columns of a table whose last one counts them. */
  static List<Column> behind(List<Column> columns, Report report) {
    List<Column> all = new ArrayList<>(columns);
    all.add(Column.number(heading(report.ablation())));
    return List.copyOf(all);
  }
}
