package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Paired;
import dev.fusebox.training.task.PassageAnswer;
import dev.fusebox.training.task.PassageAnswer.NamedOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A variant's answers without each passage that was retrieved, over its seeds. A question counts
 * once, however many seeds answered it.
 */
final class PassageScores {

  private static final double LEVEL = 0.95;
  private static final long SEED = 1;
  private static final int THOUSANDTHS = 1000;

  /** Below it a probability is as it was: what another way through the same sums may do. */
  private static final double STILL = 5e-4;

  private final String variant;
  private final List<List<PassageAnswer>> seeds;
  private final Map<String, Question> questions;
  private final Map<String, List<PassageAnswer>> naming;

  private PassageScores(
      String variant, List<List<PassageAnswer>> seeds, Map<String, Question> questions) {
    this.variant = variant;
    this.seeds = seeds;
    this.questions = questions;
    this.naming =
        all().stream()
            .filter(each -> each.named() > 0)
            .collect(
                Collectors.groupingBy(PassageAnswer::id, LinkedHashMap::new, Collectors.toList()));
  }

  /** Whose they are. */
  String variant() {
    return variant;
  }

  /** How many runs there are. */
  int runs() {
    return seeds.size();
  }

  /** Those of each variant that was asked so. */
  static List<PassageScores> of(Report report) {
    Map<String, Question> questions =
        report.test().stream().collect(Collectors.toMap(Question::id, Function.identity()));
    Map<String, List<List<PassageAnswer>>> variants = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      if (!run.tested().passages().isEmpty()) {
        variants
            .computeIfAbsent(run.result().variant(), any -> new ArrayList<>())
            .add(run.tested().passages());
      }
    }
    return variants.entrySet().stream()
        .map(each -> new PassageScores(each.getKey(), each.getValue(), questions))
        .toList();
  }

  /** The most passages that a question has; 1 where none has two. */
  int most() {
    return Math.max(
        1, seeds.get(0).stream().mapToInt(each -> each.without().size()).max().orElse(1));
  }

  /** How many questions have a lecture that may be found. */
  int lectures() {
    return gold().size();
  }

  /** The share of the questions with a lecture that have it among the first so many passages. */
  double recall(int first) {
    return gold().stream()
        .mapToDouble(place -> place > 0 && place <= first ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** The interval of a share of these questions, Wilson's. */
  Interval recallInterval(double share) {
    return Interval.wilson(share, lectures(), LEVEL);
  }

  /** What is retrieved is the same for every seed. */
  private List<Integer> gold() {
    return seeds.get(0).stream()
        .filter(each -> !questions.get(each.id()).lecture().isBlank())
        .map(PassageAnswer::gold)
        .toList();
  }

  /** Whether options were ranked, so that probabilities can be compared. */
  boolean ranked() {
    return seeds.stream()
        .flatMap(List::stream)
        .noneMatch(each -> each.all().probabilities().isEmpty());
  }

  private List<PassageAnswer> all() {
    return seeds.stream().flatMap(List::stream).toList();
  }

  /** The share of answers beside several passages that name one. */
  double naming() {
    return all().stream()
        .filter(each -> !each.without().isEmpty())
        .mapToDouble(each -> each.named() > 0 ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** The share of named passages that are the question's own lecture, where that is among them. */
  double namesGold() {
    return all().stream()
        .filter(each -> each.named() > 0 && each.gold() > 0)
        .mapToDouble(each -> each.named() == each.gold() ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** How many questions there are whose answer names a passage, in some seed. */
  int n() {
    return naming.size();
  }

  /** What becomes of an answer without a passage. */
  enum Effect {
    /** 1 if it is another. */
    CHANGES {
      @Override
      double of(PassageAnswer answer, int left) {
        return answer.without().get(left).option() == answer.all().option() ? 0 : 1;
      }
    },
    /** By how much its probability falls. */
    FALLS {
      @Override
      double of(PassageAnswer answer, int left) {
        return probability(answer, answer.all()) - probability(answer, answer.without().get(left));
      }
    };

    /**
     * The effect.
     *
     * @param left index of the passage that is left out
     */
    abstract double of(PassageAnswer answer, int left);

    private static double probability(PassageAnswer answer, NamedOption named) {
      return named.probabilities().get(answer.all().option());
    }

    double ofNamed(PassageAnswer answer) {
      return of(answer, answer.named() - 1);
    }

    /** On average over the others. */
    double ofOthers(PassageAnswer answer) {
      return IntStream.range(0, answer.without().size())
          .filter(left -> left != answer.named() - 1)
          .mapToDouble(left -> of(answer, left))
          .average()
          .orElseThrow();
    }
  }

  /** Without the passage that is named. */
  double withoutNamed(Effect effect) {
    return Arrays.stream(values(effect::ofNamed)).average().orElse(Double.NaN);
  }

  /** Without another one. */
  double withoutAnother(Effect effect) {
    return Arrays.stream(values(effect::ofOthers)).average().orElse(Double.NaN);
  }

  /** What is compared: the probabilities, where there are any. */
  Effect effect() {
    return ranked() ? Effect.FALLS : Effect.CHANGES;
  }

  /** By how much more the named one's absence does than another's; a question counts once. */
  Paired compared() {
    Effect effect = effect();
    return Paired.of(values(each -> effect.ofNamed(each) - effect.ofOthers(each)), THOUSANDTHS);
  }

  /** The interval of that. */
  Interval interval() {
    return compared().bootstrap(LEVEL, SEED);
  }

  /** Whether leaving out a passage, whichever, does nothing. */
  boolean isStill() {
    return all().stream()
        .allMatch(
            each ->
                IntStream.range(0, each.without().size()).allMatch(left -> isStill(each, left)));
  }

  private boolean isStill(PassageAnswer answer, int left) {
    return Effect.CHANGES.of(answer, left) == 0
        && (!ranked() || Math.abs(Effect.FALLS.of(answer, left)) < STILL);
  }

  /** For each question that names a passage, on average over the seeds that do. */
  private double[] values(ToDoubleFunction<PassageAnswer> figure) {
    return naming.values().stream()
        .mapToDouble(each -> each.stream().mapToDouble(figure).average().orElseThrow())
        .toArray();
  }
}
