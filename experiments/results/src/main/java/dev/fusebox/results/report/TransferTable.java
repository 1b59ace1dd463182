package dev.fusebox.results.report;

import dev.fusebox.lab.result.Repeat;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import dev.fusebox.training.task.TransferredAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Answers to questions of other data than those learnt from: set by set, over all its questions and
 * by subject, against chance and against the letter that is right most often among these very
 * questions, which a model would have to know.
 */
final class TransferTable {

  private static final int DECIMALS = 1;
  private static final double LEVEL = 0.95;

  /** Variant → its runs, each with all its answers. */
  private final Map<String, List<List<TransferredAnswer>>> variants = new LinkedHashMap<>();

  private final Map<String, List<Repeat>> repeats = new LinkedHashMap<>();

  /** Every question that some run was asked, once. */
  private final List<TransferredAnswer> asked;

  private TransferTable(Report report) {
    for (ReportedRun run : report.runs()) {
      if (!run.tested().transferred().isEmpty()) {
        variants
            .computeIfAbsent(run.result().variant(), variant -> new ArrayList<>())
            .add(run.tested().transferred());
        repeats
            .computeIfAbsent(run.result().variant(), variant -> new ArrayList<>())
            .add(run.result().repeat());
      }
    }
    Map<List<String>, TransferredAnswer> each = new LinkedHashMap<>();
    variants.values().stream()
        .flatMap(runs -> runs.get(0).stream())
        .forEach(answer -> each.putIfAbsent(List.of(answer.set(), answer.id()), answer));
    asked = List.copyOf(each.values());
  }

  /** The table; empty if no run was asked other data. */
  static Optional<Table> of(Report report) {
    TransferTable table = new TransferTable(report);
    return table.variants.isEmpty() ? Optional.empty() : Optional.of(table.table(report.data()));
  }

  private Table table(String data) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("asked of"));
    columns.add(Column.number("n"));
    columns.add(Column.number("chance"));
    columns.add(Column.number("one letter"));
    for (String variant : variants.keySet()) {
      columns.add(Column.estimate(variant).afterRule());
      columns.add(new Column("", List.of(variant + " verdict"), true, false, false));
    }
    List<List<List<Cell>>> sections = new ArrayList<>();
    for (String set : sets()) {
      sections.add(section(set));
    }
    return new Table(
        "Does it transfer to other data?",
        List.of("accuracy % ↑ [95% CI]", "learnt from " + data, seeds()),
        columns,
        sections,
        List.of(
            "one letter: always the one that is right most often among these questions",
            "above: the whole interval lies above chance and one letter; below: it lies below both; otherwise not distinguishable from guessing",
            "CI: Wilson's, each question counted once; no correction for the number of subjects"));
  }

  private String seeds() {
    return repeats.values().stream()
        .map(RunCount::inWords)
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private Set<String> sets() {
    return asked.stream()
        .map(TransferredAnswer::set)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** All questions of a set, then each subject, where it has more than one. */
  private List<List<Cell>> section(String set) {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(row(set, answer -> answer.set().equals(set)));
    Set<String> subjects =
        asked.stream()
            .filter(answer -> answer.set().equals(set))
            .flatMap(answer -> answer.subjects().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (subjects.size() > 1) {
      subjects.forEach(
          subject ->
              rows.add(
                  row(
                      "  " + subject,
                      answer -> answer.set().equals(set) && answer.subjects().contains(subject))));
    }
    return rows;
  }

  private List<Cell> row(String name, Predicate<TransferredAnswer> which) {
    List<TransferredAnswer> these = asked.stream().filter(which).toList();
    double chance = these.stream().mapToDouble(each -> 100.0 / each.options()).average().orElse(0);
    Map<Integer, Long> letters =
        these.stream()
            .collect(
                Collectors.groupingBy(
                    TransferredAnswer::right, TreeMap::new, Collectors.counting()));
    Map.Entry<Integer, Long> most =
        letters.entrySet().stream()
            .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
            .orElseThrow();
    double letter = 100.0 * most.getValue() / these.size();
    List<Cell> row = new ArrayList<>();
    row.add(new Cell.Words(name));
    row.add(new Cell.Count(these.size()));
    row.add(new Cell.Score(chance, DECIMALS));
    row.add(new Cell.Words(Numbers.fixed(letter, DECIMALS) + " " + Question.letter(most.getKey())));
    for (List<List<TransferredAnswer>> runs : variants.values()) {
      OptionalDouble share = share(runs, which);
      if (share.isEmpty()) {
        row.addAll(List.of(new Cell.Words("not asked"), new Cell.Empty()));
      } else {
        Interval interval = Interval.wilson(share.getAsDouble(), these.size(), LEVEL).times(100);
        row.add(new Cell.Estimate(100 * share.getAsDouble(), Optional.of(interval), DECIMALS));
        row.add(new Cell.Words(verdict(interval, chance, letter)));
      }
    }
    return row;
  }

  /** The mean over the runs: each was asked the same. */
  private static OptionalDouble share(
      List<List<TransferredAnswer>> runs, Predicate<TransferredAnswer> which) {
    return runs.stream()
        .flatMap(List::stream)
        .filter(which)
        .mapToInt(answer -> answer.namesRight() ? 1 : 0)
        .average();
  }

  private static String verdict(Interval interval, double chance, double letter) {
    if (interval.low() > Math.max(chance, letter)) {
      return "above";
    }
    return interval.high() < Math.min(chance, letter) ? "below" : "";
  }
}
