package dev.fusebox.results.report;

import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.VersionAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A variant's answers to every version of questions, over its seeds.
 *
 * @param seeds of each run, its questions
 */
record VersionScores(String variant, List<List<Asked>> seeds) {

  private static final double LEVEL = 0.95;

  /**
   * A question in all its versions.
   *
   * @param own the option named when it is asked as it is
   * @param options those named in its versions, in their order
   */
  record Asked(Question question, int own, List<Integer> options) {

    /** The share of right answers over its versions. */
    double right() {
      return share(question.answer());
    }

    /** The share of answers that are the one to the question as it is. */
    double same() {
      return share(own);
    }

    boolean alwaysRight() {
      return right() == 1;
    }

    boolean alwaysSame() {
      return own != ChangedAnswer.NONE && same() == 1;
    }

    private double share(int option) {
      return options.stream().filter(each -> each == option).count() / (double) options.size();
    }
  }

  /** The variants that were asked so. */
  static List<VersionScores> of(Report report, EveryVersion every) {
    Map<String, Question> questions =
        report.test().stream().collect(Collectors.toMap(Question::id, each -> each));
    Map<String, List<List<Asked>>> variants = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      List<Asked> asked = asked(run, every, questions);
      if (!asked.isEmpty()) {
        variants.computeIfAbsent(run.result().variant(), any -> new ArrayList<>()).add(asked);
      }
    }
    return variants.entrySet().stream()
        .map(each -> new VersionScores(each.getKey(), each.getValue()))
        .toList();
  }

  private static List<Asked> asked(
      ReportedRun run, EveryVersion every, Map<String, Question> questions) {
    if (!(run.result() instanceof RunResult.Finished finished)) {
      return List.of();
    }
    Map<String, List<Integer>> options = new LinkedHashMap<>();
    for (VersionAnswer each : run.tested().versions()) {
      if (each.every() == every) {
        options.computeIfAbsent(each.id(), any -> new ArrayList<>()).add(each.option());
      }
    }
    return finished.predictions().stream()
        .filter(each -> options.containsKey(each.id()))
        .map(
            each ->
                new Asked(
                    questions.get(each.id()),
                    AnswerPattern.option(each.text()).orElse(ChangedAnswer.NONE),
                    options.get(each.id())))
        .toList();
  }

  /** How many questions there are, on average over the seeds. */
  int n() {
    return (int) Math.round(seeds.stream().mapToInt(List::size).average().orElseThrow());
  }

  /** How many versions they have together, of the first seed. */
  int versions() {
    return seeds.get(0).stream().mapToInt(each -> each.options().size()).sum();
  }

  /** A share, 0 to 1, over all questions of all seeds. */
  double mean(ToDoubleFunction<Asked> share) {
    return seeds.stream()
        .mapToDouble(seed -> seed.stream().mapToDouble(share).average().orElseThrow())
        .average()
        .orElseThrow();
  }

  /** Wilson's interval, each question counted once. */
  Interval interval(double share) {
    return Interval.wilson(share, n(), LEVEL);
  }
}
