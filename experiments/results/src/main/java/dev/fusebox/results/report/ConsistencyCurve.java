package dev.fusebox.results.report;

import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Votes;
import dev.fusebox.training.task.SampledAnswer;
import dev.fusebox.training.work.PredictionWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/**
 * A variant's accuracy by the first k sampled rationales of each question, over k, and what these
 * cost.
 *
 * @param seeds how many runs there are
 * @param points from k = 1 on
 */
record ConsistencyCurve(String variant, int seeds, List<Point> points) {

  private static final double LEVEL = 0.95;

  ConsistencyCurve {
    points = List.copyOf(points);
  }

  /**
   * What k rationales give.
   *
   * @param vote by the option named most often
   * @param summed by the probabilities' sum; empty where options are not ranked
   * @param seconds that the stages took which wrote the first k and answered from them, on average
   *     over the seeds; empty where they were made before it was noted
   */
  record Point(int k, Share vote, Optional<Share> summed, OptionalDouble seconds) {}

  /**
   * A share of right answers.
   *
   * @param interval Wilson's, each question counted once
   */
  record Share(double value, Interval interval) {}

  /** One run's answers by question, in the order of the samples. */
  private record Run(List<StageRecord> stages, Map<String, List<SampledAnswer>> answers) {

    static Run of(ReportedRun run) {
      Map<String, List<SampledAnswer>> answers = new LinkedHashMap<>();
      for (SampledAnswer each : run.tested().sampled()) {
        answers.computeIfAbsent(each.id(), id -> new ArrayList<>()).add(each);
      }
      return new Run(run.stages(), answers);
    }

    int samples() {
      return answers.values().iterator().next().size();
    }

    boolean ranks() {
      return answers.values().stream()
          .flatMap(List::stream)
          .noneMatch(each -> each.probabilities().isEmpty());
    }

    double accuracy(List<Question> questions, int k, ToIntFunction<List<SampledAnswer>> choice) {
      return (double)
              questions.stream()
                  .filter(
                      question ->
                          choice.applyAsInt(answers.get(question.id()).subList(0, k))
                              == question.answer())
                  .count()
          / questions.size();
    }

    OptionalDouble seconds(int k) {
      List<StageRecord> first = stages.stream().filter(stage -> isAmong(stage, k)).toList();
      return first.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(first.stream().mapToDouble(StageRecord::seconds).sum());
    }

    private static boolean isAmong(StageRecord stage, int k) {
      int sample = stage.figures().getOrDefault(PredictionWork.SAMPLE, 0).intValue();
      return sample >= 1 && sample <= k;
    }
  }

  /** One for each variant for which rationales were sampled. */
  static List<ConsistencyCurve> of(Report report) {
    Map<String, List<Run>> variants = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      if (!run.tested().sampled().isEmpty()) {
        variants
            .computeIfAbsent(run.result().variant(), variant -> new ArrayList<>())
            .add(Run.of(run));
      }
    }
    List<ConsistencyCurve> curves = new ArrayList<>();
    variants.forEach((variant, runs) -> curves.add(curve(variant, runs, report.test())));
    return curves;
  }

  private static ConsistencyCurve curve(String variant, List<Run> runs, List<Question> questions) {
    boolean ranks = runs.stream().allMatch(Run::ranks);
    List<Point> points = new ArrayList<>();
    for (int k = 1; k <= runs.get(0).samples(); k++) {
      points.add(
          new Point(
              k,
              share(runs, questions, k, ConsistencyCurve::vote),
              ranks
                  ? Optional.of(share(runs, questions, k, ConsistencyCurve::likeliest))
                  : Optional.empty(),
              seconds(runs, k)));
    }
    return new ConsistencyCurve(variant, runs.size(), points);
  }

  private static OptionalDouble seconds(List<Run> runs, int k) {
    return runs.stream().allMatch(run -> run.seconds(k).isPresent())
        ? runs.stream().mapToDouble(run -> run.seconds(k).orElseThrow()).average()
        : OptionalDouble.empty();
  }

  private static int vote(List<SampledAnswer> answers) {
    return Votes.most(answers.stream().map(SampledAnswer::option).toList());
  }

  private static int likeliest(List<SampledAnswer> answers) {
    return Votes.likeliest(answers.stream().map(SampledAnswer::probabilities).toList());
  }

  private static Share share(
      List<Run> runs, List<Question> questions, int k, ToIntFunction<List<SampledAnswer>> choice) {
    double share =
        runs.stream()
            .mapToDouble(run -> run.accuracy(questions, k, choice))
            .average()
            .orElseThrow();
    return new Share(share, Interval.wilson(share, questions.size(), LEVEL));
  }
}
