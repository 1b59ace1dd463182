package dev.fusebox.results.report;

import dev.fusebox.file.Lines;
import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.results.score.Spread;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of an ablation: accuracy by category, spread over seeds, difference to the control. */
public final class AblationTable {

  private final Ablation ablation;
  private final AblationScores scores;
  private final int decimals;
  private final UnknownCategories unknown;

  private AblationTable(AblationScores scores) {
    this.ablation = scores.ablation();
    this.scores = scores;
    this.decimals = scores.decimals();
    this.unknown = new UnknownCategories(ablation.categories(), ablation.test());
  }

  /** Marks the runs and lays out the table; an unreadable answer is wrong. */
  public static Table of(Ablation ablation) {
    return of(ablation, Grader.strict());
  }

  /** The same with another way to treat unreadable answers. */
  public static Table of(Ablation ablation, Grader grader) {
    return of(new AblationScores(ablation, grader));
  }

  static Table of(AblationScores scores) {
    return new AblationTable(scores).table();
  }

  private Table table() {
    List<List<Cell>> variants = ablation.variants().stream().map(this::row).toList();
    return new Table(
        ablation.question(), context(), columns(), List.of(variants, baselines()), notes());
  }

  private List<String> context() {
    List<String> context = new ArrayList<>(List.of("accuracy % ↑", ablation.data()));
    context.add(Numbers.count(ablation.test().size(), "test question"));
    common(this::seeds).ifPresent(context::add);
    common(this::decoding).ifPresent(context::add);
    return context;
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    for (Category category : ablation.categories()) {
      columns.add(Column.number(category.label()));
    }
    columns.add(
        new Column(
            "Avg ± sd", List.of("Avg", "sd", RunCount.heading(ablation)), true, true, false));
    columns.add(Column.number("95% CI", "Avg low", "Avg high").whereSpace());
    if (!scores.comparisons().isEmpty()) {
      columns.add(new Column("vs control", List.of("difference", "control"), true, false, false));
      columns.add(
          new Column("95% CI", List.of("difference low", "difference high"), true, false, true));
      columns.add(new Column("paired test", List.of("p (Holm)"), true, false, false));
    }
    return columns;
  }

  private List<Cell> row(String variant) {
    boolean empty = scores.seeds(variant).isEmpty();
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(label(variant))));
    for (Category category : ablation.categories()) {
      row.add(empty ? new Cell.Empty() : score(variant, category));
    }
    if (empty) {
      row.add(new Cell.Words(scores.instead(variant)));
      return filled(row);
    }
    Spread average = scores.spread(variant, marks -> marks.average().percent());
    row.add(new Cell.Averaged(average, decimals));
    row.add(new Cell.Range(scores.interval(variant), decimals, false));
    scores.comparisons().stream()
        .filter(comparison -> comparison.variant().equals(variant) && comparison.overAll())
        .forEach(comparison -> row.addAll(cells(comparison)));
    return filled(row);
  }

  private Cell score(String variant, Category category) {
    return unknown.unless(
        category,
        () ->
            new Cell.Score(
                scores.spread(variant, marks -> marks.in(category).percent()).mean(), decimals));
  }

  private List<Cell> cells(VariantComparison comparison) {
    return List.of(
        new Cell.Difference(comparison.difference(), comparison.control(), decimals),
        new Cell.Range(comparison.interval(), decimals, true),
        new Cell.Probability(comparison.adjusted()));
  }

  private List<List<Cell>> baselines() {
    List<Question> test = ablation.test();
    int majority = Baselines.majority(ablation.train());
    List<List<Cell>> rows = new ArrayList<>();
    if (!ablation.train().isEmpty()) {
      rows.add(
          scored(
              "majority (" + (char) ('A' + majority) + ")",
              which -> Baselines.always(majority, test, which)));
    }
    rows.add(scored("chance", which -> Baselines.chance(test, which)));
    rows.add(counted());
    if (unknown.any()) {
      List<Cell> row = new ArrayList<>(List.of(new Cell.Words("unknown")));
      for (Category category : ablation.categories()) {
        row.add(new Cell.Count(unknown.count(category)));
      }
      rows.add(filled(row));
    }
    return rows;
  }

  private List<Cell> scored(String name, ToDoubleFunction<Predicate<Question>> percent) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(name)));
    for (Category category : ablation.categories()) {
      row.add(
          unknown.unless(
              category, () -> new Cell.Score(percent.applyAsDouble(category::contains), decimals)));
    }
    row.add(new Cell.Score(percent.applyAsDouble(question -> true), decimals));
    return filled(row);
  }

  /** How many questions are known to be in each category. */
  private List<Cell> counted() {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words("n")));
    for (Category category : ablation.categories()) {
      row.add(new Cell.Count((int) ablation.test().stream().filter(category::contains).count()));
    }
    row.add(new Cell.Count(ablation.test().size()));
    return filled(row);
  }

  private List<Cell> filled(List<Cell> row) {
    while (row.size() < columns().size()) {
      row.add(new Cell.Empty());
    }
    return List.copyOf(row);
  }

  private String label(String variant) {
    String label = variant;
    if (common(this::seeds).isEmpty()) {
      label += ", " + seeds(variant);
    }
    if (common(this::decoding).isEmpty() && !scores.seeds(variant).isEmpty()) {
      label += ", " + decoding(variant);
    }
    return label;
  }

  private String seeds(String variant) {
    return RunCount.inWords(scores.repeats(variant));
  }

  private String decoding(String variant) {
    return String.join(" and ", ablation.decodings(variant));
  }

  /** What all variants with a finished run have in common, if they do. */
  private Optional<String> common(Function<String, String> property) {
    List<String> values =
        ablation.variants().stream()
            .filter(variant -> !scores.seeds(variant).isEmpty())
            .map(property)
            .distinct()
            .toList();
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** One that has no column. */
  private String among(VariantComparison comparison) {
    return "%s against %s among %s: %s points, 95%% CI [%s, %s], %s"
        .formatted(
            comparison.variant(),
            comparison.control(),
            comparison.among(),
            Numbers.signed(comparison.difference(), decimals),
            Numbers.signed(comparison.interval().low(), decimals),
            Numbers.signed(comparison.interval().high(), decimals),
            Numbers.p(comparison.adjusted()));
  }

  private List<String> notes() {
    return Stream.of(
            ofRuns(),
            unreadable(),
            unknown.any() ? Stream.of(UnknownCategories.NOTE) : Stream.<String>of(),
            ofComparisons())
        .flatMap(notes -> notes)
        .toList();
  }

  private Stream<String> ofRuns() {
    String notMade =
        ablation.runs().stream()
            .filter(RunResult.NotMade.class::isInstance)
            .map(RunResult::title)
            .collect(Collectors.joining(", "));
    Stream<String> failed =
        ablation.runs().stream()
            .filter(RunResult.Failed.class::isInstance)
            .map(RunResult.Failed.class::cast)
            .map(
                run ->
                    "✗ %s failed: %s"
                        .formatted(
                            run.title(), Lines.folded(run.reason(), Lines.FEW, "in run.json")));
    return notMade.isEmpty()
        ? failed
        : Stream.concat(Stream.of("not computed yet: " + notMade), failed);
  }

  private Stream<String> unreadable() {
    return ablation.variants().stream()
        .flatMap(
            variant -> {
              int count = scores.seeds(variant).stream().mapToInt(Graded::unreadable).sum();
              return count == 0
                  ? Stream.of()
                  : Stream.of(
                      "%s: %s named no option".formatted(variant, Numbers.count(count, "answer")));
            });
  }

  private Stream<String> ofComparisons() {
    List<VariantComparison> all = scores.comparisons();
    Stream<String> among =
        all.stream().filter(comparison -> !comparison.overAll()).map(this::among);
    Stream<String> alike =
        all.stream()
            .filter(comparison -> comparison.overAll() && !comparison.clear())
            .map(
                comparison ->
                    "no significant difference between %s and %s: %s"
                        .formatted(
                            comparison.variant(), comparison.control(), comparison.limits()));
    Stream<String> test =
        all.isEmpty()
            ? Stream.of()
            : Stream.of(
                "p: exact paired test over the questions, Holm over "
                    + Numbers.count(all.size(), "comparison"));
    return Stream.of(among, alike, test).flatMap(notes -> notes);
  }
}
