package dev.fusebox.results.report;

import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.Expectation;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.score.McNemar;
import dev.fusebox.results.score.Paired;
import dev.fusebox.training.task.ChangedAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A variant's answers to changed questions beside those to the questions as they are, over its
 * seeds. A question counts once, however many seeds answered it.
 *
 * @param change how the questions were changed
 * @param seeds answers of each
 */
record ChangeScores(QuestionChange change, List<Seed> seeds) {

  private static final double LEVEL = 0.95;

  /** Two answers to a question: as it is, and changed. */
  private record Pair(Question question, int before, ChangedAnswer after) {

    boolean rightBefore() {
      return before == question.answer();
    }

    boolean rightAfter() {
      return after.option() == question.answer();
    }

    boolean same() {
      return before == after.option();
    }

    boolean asArgued() {
      OptionalInt argued = after.change().argued(question);
      return argued.isPresent() && after.option() == argued.getAsInt();
    }

    boolean samePlace() {
      return before != ChangedAnswer.NONE && before == after.place();
    }
  }

  /** One run's answers. */
  record Seed(List<Pair> pairs) {

    /** Those of a finished run. */
    static Seed of(ReportedRun run, QuestionChange change, Map<String, Question> questions) {
      Map<String, Integer> before = new HashMap<>();
      for (Prediction each : ((RunResult.Finished) run.result()).predictions()) {
        before.put(each.id(), AnswerPattern.option(each.text()).orElse(ChangedAnswer.NONE));
      }
      return new Seed(
          run.tested().under(change).stream()
              .map(after -> new Pair(questions.get(after.id()), before.get(after.id()), after))
              .toList());
    }

    private Set<String> ids() {
      return pairs.stream().map(pair -> pair.question().id()).collect(Collectors.toSet());
    }

    private Seed only(Set<String> ids) {
      return new Seed(pairs.stream().filter(pair -> ids.contains(pair.question().id())).toList());
    }

    private Graded before() {
      return new Graded(questions(), pairs.stream().map(Pair::rightBefore).toList(), 0);
    }

    private Graded after() {
      return new Graded(questions(), pairs.stream().map(Pair::rightAfter).toList(), 0);
    }

    private List<Question> questions() {
      return pairs.stream().map(Pair::question).toList();
    }

    private double share(Predicate<Pair> which) {
      return (double) pairs.stream().filter(which).count() / pairs.size();
    }
  }

  /** Whether no answer names an option, so that nothing can be said. */
  boolean isSilent() {
    return seeds.stream()
        .flatMap(seed -> seed.pairs().stream())
        .allMatch(
            pair ->
                pair.before() == ChangedAnswer.NONE && pair.after().place() == ChangedAnswer.NONE);
  }

  /** How many questions were changed, in all seeds. */
  int n() {
    return seeds.get(0).pairs().size();
  }

  /** The share of right answers to the questions as they are. */
  double before() {
    return mean(seed -> seed.share(Pair::rightBefore));
  }

  /** The share of right answers to the changed ones. */
  double after() {
    return mean(seed -> seed.share(Pair::rightAfter));
  }

  /** The share of answers that are not what they were. */
  double changed() {
    return mean(seed -> seed.share(pair -> !pair.same()));
  }

  /**
   * The share of answers as a model gives them that understands; where it can only guess, accuracy
   * less chance, of which 0 is as expected; NaN where none is expected.
   */
  double expected() {
    return switch (change.expectation()) {
      case SAME -> 1 - changed();
      case RIGHT -> after();
      case OTHER -> mean(seed -> seed.share(Pair::asArgued));
      case CHANCE -> after() - chance();
      case OPEN -> Double.NaN;
    };
  }

  /** The interval of {@link #expected}. */
  Interval expectedInterval() {
    if (change.expectation() != Expectation.CHANCE) {
      return interval(expected());
    }
    Interval accuracy = interval(after());
    return new Interval(accuracy.low() - chance(), accuracy.high() - chance());
  }

  /** The share of right answers by chance. */
  double chance() {
    return seeds.get(0).pairs().stream().mapToDouble(pair -> 1.0 / pair.after().options()).sum()
        / n();
  }

  /** Wilson's interval of a share. */
  Interval interval(double share) {
    return Interval.wilson(share, n(), LEVEL);
  }

  /** Whether accuracy before and after could be the same: the exact paired test. */
  double p() {
    return Paired.of(
            seeds.stream().map(Seed::before).toList(), seeds.stream().map(Seed::after).toList())
        .p();
  }

  /**
   * Whether answers that stay in their place are no more than those that stay with their option:
   * McNemar's exact test over the answers of all seeds that do one of the two.
   */
  double placeAgainstOption() {
    int place = 0;
    int option = 0;
    for (Seed seed : seeds) {
      for (Pair pair : seed.pairs()) {
        place += pair.samePlace() && !pair.same() ? 1 : 0;
        option += pair.same() && !pair.samePlace() ? 1 : 0;
      }
    }
    return place > option ? new McNemar(place, option).p() : 1;
  }

  private double mean(ToDoubleFunction<Seed> figure) {
    return seeds.stream().mapToDouble(figure).average().orElseThrow();
  }

  /**
   * For each question the share of right answers that is to be expected if it is changed with that
   * probability, by itself.
   */
  double[] expectedMarks(double share) {
    double[] marks = new double[n()];
    for (Seed seed : seeds) {
      for (int i = 0; i < marks.length; i++) {
        Pair pair = seed.pairs().get(i);
        double mark = (pair.rightBefore() ? 1 - share : 0) + (pair.rightAfter() ? share : 0);
        marks[i] += mark / seeds.size();
      }
    }
    return marks;
  }

  /** The scores of all variants of a report, by their names. */
  static Map<String, List<ChangeScores>> byVariant(Report report) {
    Map<String, Question> questions =
        report.test().stream().collect(Collectors.toMap(Question::id, Function.identity()));
    Map<String, List<ReportedRun>> runs = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      runs.computeIfAbsent(run.result().variant(), name -> new ArrayList<>()).add(run);
    }
    Map<String, List<ChangeScores>> scores = new LinkedHashMap<>();
    runs.forEach((variant, own) -> scores.put(variant, of(own, questions)));
    return scores;
  }

  /**
   * A variant's scores by change, of the changes that some question allows; over those alone that
   * were changed in all seeds, as each writes rationales of its own.
   */
  private static List<ChangeScores> of(List<ReportedRun> runs, Map<String, Question> questions) {
    List<ChangeScores> scores = new ArrayList<>();
    for (QuestionChange change : QuestionChange.values()) {
      List<Seed> seeds =
          runs.stream()
              .filter(run -> run.result() instanceof RunResult.Finished)
              .filter(run -> !run.tested().under(change).isEmpty())
              .map(run -> Seed.of(run, change, questions))
              .toList();
      List<Seed> shared = shared(seeds);
      if (shared.stream().anyMatch(seed -> !seed.pairs().isEmpty())) {
        scores.add(new ChangeScores(change, shared));
      }
    }
    return scores;
  }

  private static List<Seed> shared(List<Seed> seeds) {
    Set<String> ids = seeds.stream().map(Seed::ids).reduce(ChangeScores::both).orElse(Set.of());
    return seeds.stream().map(seed -> seed.only(ids)).toList();
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    return some.stream().filter(others::contains).collect(Collectors.toSet());
  }
}
