package dev.fusebox.experiments.report;

import dev.fusebox.experiments.data.Question;
import dev.fusebox.experiments.evaluate.Category;
import dev.fusebox.experiments.evaluate.Graded;
import dev.fusebox.experiments.evaluate.Grader;
import dev.fusebox.experiments.evaluate.Interval;
import dev.fusebox.experiments.evaluate.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The table of an ablation: accuracy by category, spread over seeds, difference to the control. */
public final class AblationTable {

  /** From so many questions on, two decimals mean something. */
  private static final int MANY_QUESTIONS = 2000;

  private static final double LEVEL = 0.95;

  private final Ablation ablation;
  private final Map<String, List<Graded>> graded = new LinkedHashMap<>();
  private final List<Comparison> comparisons;
  private final int decimals;

  private AblationTable(Ablation ablation, Grader grader) {
    this.ablation = ablation;
    this.decimals = ablation.test().size() >= MANY_QUESTIONS ? 2 : 1;
    for (RunResult run : ablation.runs()) {
      List<Graded> seeds = graded.computeIfAbsent(run.variant(), variant -> new ArrayList<>());
      if (run instanceof RunResult.Finished finished) {
        seeds.add(grade(finished, grader));
      }
    }
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String variant : ablation.variants()) {
      if (ablation.compare().containsKey(variant)) {
        pairs.add(Map.entry(variant, ablation.compare().get(variant)));
      }
    }
    this.comparisons = Comparisons.of(pairs, graded);
  }

  /** Marks the runs and lays out the table; an unreadable answer is wrong. */
  public static Table of(Ablation ablation) {
    return new AblationTable(ablation, Grader.strict()).table();
  }

  /** The same with another way to treat unreadable answers. */
  public static Table of(Ablation ablation, Grader grader) {
    return new AblationTable(ablation, grader).table();
  }

  private Graded grade(RunResult.Finished run, Grader grader) {
    Graded marks = grader.written(ablation.test(), run.predictions());
    if (marks.questions().size() != ablation.test().size()) {
      throw new IllegalArgumentException(
          "%s seed %d answers %d of %d test questions"
              .formatted(
                  run.variant(), run.seed(), marks.questions().size(), ablation.test().size()));
    }
    return marks;
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
    for (Category category : Category.values()) {
      columns.add(Column.number(category.label()));
    }
    columns.add(new Column("Avg ± sd", List.of("Avg", "sd", "seeds"), true, true, false));
    columns.add(Column.number("95% CI", "Avg low", "Avg high").whereSpace());
    if (!comparisons.isEmpty()) {
      columns.add(new Column("vs control", List.of("difference", "control"), true, false, false));
      columns.add(
          new Column("95% CI", List.of("difference low", "difference high"), true, false, true));
      columns.add(new Column("", List.of("p (Holm)"), true, false, false));
    }
    return columns;
  }

  private List<Cell> row(String variant) {
    List<Graded> seeds = graded.get(variant);
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(label(variant))));
    for (Category category : Category.values()) {
      row.add(seeds.isEmpty() ? new Cell.Empty() : score(seeds, category));
    }
    if (seeds.isEmpty()) {
      row.add(new Cell.Words("failed"));
      return filled(row);
    }
    Spread spread = spread(seeds, marks -> marks.average().percent());
    row.add(new Cell.Averaged(spread, decimals));
    row.add(new Cell.Range(interval(seeds), decimals, false));
    comparisons.stream()
        .filter(comparison -> comparison.variant().equals(variant))
        .forEach(comparison -> row.addAll(cells(comparison)));
    return filled(row);
  }

  private Cell score(List<Graded> seeds, Category category) {
    return new Cell.Score(spread(seeds, marks -> marks.in(category).percent()).mean(), decimals);
  }

  private List<Cell> cells(Comparison comparison) {
    return List.of(
        new Cell.Change(comparison.difference(), comparison.control(), decimals),
        new Cell.Range(comparison.interval(), decimals, true),
        new Cell.Probability(comparison.adjusted()));
  }

  /**
   * Wilson's interval of the mean accuracy: n is the number of questions, however many seeds
   * answered them, since seeds do not bring new questions.
   */
  private Interval interval(List<Graded> seeds) {
    int n = ablation.test().size();
    double mean = spread(seeds, marks -> marks.average().value()).mean();
    return Interval.wilson(mean, n, LEVEL).times(100);
  }

  private List<List<Cell>> baselines() {
    List<Question> test = ablation.test();
    int majority = Baselines.majority(ablation.train());
    List<List<Cell>> rows = new ArrayList<>();
    if (!ablation.train().isEmpty()) {
      rows.add(
          across(
              "majority (" + (char) ('A' + majority) + ")",
              which -> new Cell.Score(Baselines.always(majority, test, which), decimals)));
    }
    rows.add(across("chance", which -> new Cell.Score(Baselines.chance(test, which), decimals)));
    rows.add(across("n", which -> new Cell.Count((int) test.stream().filter(which).count())));
    if (Arrays.stream(Category.values()).anyMatch(category -> unknown(category) > 0)) {
      List<Cell> row = new ArrayList<>(List.of(new Cell.Words("unknown")));
      for (Category category : Category.values()) {
        row.add(new Cell.Count(unknown(category)));
      }
      rows.add(filled(row));
    }
    return rows;
  }

  private List<Cell> across(String name, Function<Predicate<Question>, Cell> value) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(name)));
    for (Category category : Category.values()) {
      row.add(value.apply(category::contains));
    }
    row.add(value.apply(question -> true));
    return filled(row);
  }

  private int unknown(Category category) {
    return (int) ablation.test().stream().filter(category::unknown).count();
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
    if (common(this::decoding).isEmpty() && !graded.get(variant).isEmpty()) {
      label += ", " + decoding(variant);
    }
    return label;
  }

  private String seeds(String variant) {
    return Numbers.count(graded.get(variant).size(), "seed");
  }

  private String decoding(String variant) {
    return String.join(
        " and ",
        ablation.runs().stream()
            .filter(run -> run.variant().equals(variant))
            .filter(RunResult.Finished.class::isInstance)
            .map(run -> ((RunResult.Finished) run).decoding())
            .distinct()
            .toList());
  }

  /** What all variants with a finished run have in common, if they do. */
  private Optional<String> common(Function<String, String> property) {
    List<String> values =
        graded.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> property.apply(entry.getKey()))
            .distinct()
            .toList();
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (RunResult run : ablation.runs()) {
      if (run instanceof RunResult.Failed failed) {
        notes.add(
            "✗ %s seed %d failed: %s".formatted(failed.variant(), failed.seed(), failed.reason()));
      }
    }
    graded.forEach(
        (variant, seeds) -> {
          int unreadable = seeds.stream().mapToInt(Graded::unreadable).sum();
          if (unreadable > 0) {
            notes.add(
                "%s: %s named no option".formatted(variant, Numbers.count(unreadable, "answer")));
          }
        });
    if (!comparisons.isEmpty()) {
      notes.add(
          "p: exact paired test over the questions, Holm over "
              + Numbers.count(comparisons.size(), "comparison"));
    }
    return notes;
  }

  private static Spread spread(List<Graded> seeds, Function<Graded, Double> value) {
    return Spread.of(seeds.stream().map(value).toList());
  }
}
