package dev.fusebox.results.report;

import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The runs of an ablation, marked, and the variants compared with their controls. */
public final class AblationScores {

  /** From so many questions on, two decimals mean something. */
  private static final int MANY_QUESTIONS = 2000;

  private static final double LEVEL = 0.95;

  private final Ablation ablation;
  private final List<Optional<Graded>> marks;
  private final Map<String, List<Graded>> seeds = new LinkedHashMap<>();
  private final Map<String, List<Repeat>> repeats = new LinkedHashMap<>();
  private Optional<List<VariantComparison>> comparisons = Optional.empty();

  public AblationScores(Ablation ablation, Grader grader) {
    this.ablation = ablation;
    this.marks = ablation.runs().stream().map(run -> marks(run, ablation, grader)).toList();
    for (int i = 0; i < marks.size(); i++) {
      note(ablation.runs().get(i), marks.get(i));
    }
  }

  private void note(RunResult run, Optional<Graded> graded) {
    List<Graded> own = seeds.computeIfAbsent(run.variant(), name -> new ArrayList<>());
    List<Repeat> which = repeats.computeIfAbsent(run.variant(), name -> new ArrayList<>());
    if (graded.isPresent()) {
      own.add(graded.get());
      which.add(run.repeat());
    }
  }

  /** The marked runs of all variants, and what needs no model. */
  private Map<String, List<Graded>> controls() {
    Map<String, List<Graded>> controls = new LinkedHashMap<>(seeds);
    if (!ablation.train().isEmpty()) {
      controls.putIfAbsent(Ablation.MAJORITY, List.of(majority()));
    }
    return controls;
  }

  /**
   * The marked runs of a variant or of a control that needs no model; none of what is not known.
   */
  List<Graded> runs(String name) {
    return controls().getOrDefault(name, List.of());
  }

  private Graded majority() {
    int option = Baselines.majority(ablation.train());
    return new Graded(
        ablation.test(),
        ablation.test().stream().map(question -> question.answer() == option).toList(),
        0);
  }

  /** Those that some of the questions belong to. */
  private static List<Category> among(Ablation ablation) {
    return ablation.categories().stream()
        .filter(category -> ablation.among().contains(category.label()))
        .filter(category -> ablation.test().stream().anyMatch(category::contains))
        .toList();
  }

  private static Optional<Graded> marks(RunResult run, Ablation ablation, Grader grader) {
    if (!(run instanceof RunResult.Finished finished)) {
      return Optional.empty();
    }
    Graded graded = grader.written(ablation.test(), finished.predictions());
    if (graded.questions().size() != ablation.test().size()) {
      throw new IllegalArgumentException(
          "%s answers %d of %d test questions"
              .formatted(run.title(), graded.questions().size(), ablation.test().size()));
    }
    return Optional.of(graded);
  }

  private static List<Map.Entry<String, String>> pairs(Ablation ablation) {
    return ablation.variants().stream()
        .filter(ablation.compare()::containsKey)
        .map(variant -> Map.entry(variant, ablation.compare().get(variant)))
        .toList();
  }

  public Ablation ablation() {
    return ablation;
  }

  /** The marks of a run, by its place among the ablation's runs; none if it failed. */
  Optional<Graded> marks(int run) {
    return marks.get(run);
  }

  /** The marked runs of a variant, one for each seed that finished, of every draw. */
  public List<Graded> seeds(String variant) {
    return List.copyOf(seeds.get(variant));
  }

  /** Which of the variant's runs those are, in their order. */
  List<Repeat> repeats(String variant) {
    return List.copyOf(repeats.get(variant));
  }

  /** The same by draw, each with its seeds; one draw without a number where there are none. */
  Map<Long, List<Graded>> draws(String variant) {
    Map<Long, List<Graded>> draws = new TreeMap<>();
    for (int i = 0; i < seeds.get(variant).size(); i++) {
      draws
          .computeIfAbsent(repeats.get(variant).get(i).draw(), draw -> new ArrayList<>())
          .add(seeds.get(variant).get(i));
    }
    return draws;
  }

  /** What is said of a variant that has no marked run. */
  public String instead(String variant) {
    boolean failed =
        ablation.runs().stream()
            .anyMatch(run -> run instanceof RunResult.Failed && run.variant().equals(variant));
    return failed ? "failed" : "not computed yet";
  }

  /**
   * The variants' comparisons with their controls, corrected together. Made when they are first
   * asked for: they take longer than all else, and most tables do without.
   */
  List<VariantComparison> comparisons() {
    if (comparisons.isEmpty()) {
      comparisons = Optional.of(Comparisons.of(pairs(ablation), controls(), among(ablation)));
    }
    return comparisons.get();
  }

  /** What difference each variant's comparison with its control can show, over all questions. */
  List<PairPower> powers() {
    return Comparisons.powers(pairs(ablation), controls());
  }

  /** How many decimals of a percentage mean something. */
  int decimals() {
    return ablation.test().size() >= MANY_QUESTIONS ? 2 : 1;
  }

  /** A figure of a variant over its seeds, of which there must be one. */
  public Spread spread(String variant, ToDoubleFunction<Graded> figure) {
    return Spread.of(seeds.get(variant).stream().map(figure::applyAsDouble).toList());
  }

  /**
   * Wilson's interval of a variant's mean accuracy, in percent: n is the number of questions,
   * however many seeds answered them, since seeds do not bring new questions.
   */
  Interval interval(String variant) {
    double mean = spread(variant, marks -> marks.average().percent()).mean();
    return Interval.wilson(mean / 100, ablation.test().size(), LEVEL).times(100);
  }
}
