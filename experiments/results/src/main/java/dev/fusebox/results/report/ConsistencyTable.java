package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Votes;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import dev.fusebox.training.task.SampledAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Self-consistency: accuracy by the first k drawn rationales of each question, over k. */
public final class ConsistencyTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF = List.of("", "k", "by vote", "by summed probability", "seeds");

  private static final int DECIMALS = 1;
  private static final double LEVEL = 0.95;
  private static final List<Column> COLUMNS =
      List.of(
          Column.words(""),
          Column.number("k"),
          Column.estimate("by vote"),
          Column.estimate("by summed probability"),
          Column.number("rationales written"),
          Column.number("seeds"));
  private static final List<String> NOTES =
      List.of(
          "k rationales are sampled for a question and each is answered from (Wang et al. 2023); by vote: the option named most often, the first one if tied",
          "CI: Wilson's, each question counted once");

  private ConsistencyTable() {}

  /** One run's answers by question, in the order of the samples. */
  private record Run(Map<String, List<SampledAnswer>> answers) {

    static Run of(ReportedRun run) {
      Map<String, List<SampledAnswer>> answers = new LinkedHashMap<>();
      for (SampledAnswer each : run.tested().sampled()) {
        answers.computeIfAbsent(each.id(), id -> new ArrayList<>()).add(each);
      }
      return new Run(answers);
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
  }

  /** The table; empty if no rationales were drawn. */
  public static Optional<Table> of(Report report) {
    Map<String, List<Run>> variants = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      if (!run.tested().sampled().isEmpty()) {
        variants
            .computeIfAbsent(run.result().variant(), variant -> new ArrayList<>())
            .add(Run.of(run));
      }
    }
    List<List<List<Cell>>> sections = new ArrayList<>();
    variants.forEach((variant, runs) -> sections.add(rows(variant, runs, report.test())));
    return sections.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Do several sampled rationales answer better than one?",
                List.of(
                    "accuracy % ↑ [95% CI]",
                    report.data(), Numbers.count(report.test().size(), "test question")),
                COLUMNS,
                sections,
                NOTES));
  }

  private static List<List<Cell>> rows(String variant, List<Run> runs, List<Question> questions) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int k = 1; k <= runs.get(0).samples(); k++) {
      rows.add(
          List.of(
              new Cell.Words(variant),
              new Cell.Count(k),
              cell(runs, questions, k, ConsistencyTable::vote),
              runs.stream().allMatch(Run::ranks)
                  ? cell(runs, questions, k, ConsistencyTable::likeliest)
                  : new Cell.Empty(),
              new Cell.Count(k * questions.size()),
              new Cell.Count(runs.size())));
    }
    return rows;
  }

  private static int vote(List<SampledAnswer> answers) {
    return Votes.most(answers.stream().map(SampledAnswer::option).toList());
  }

  private static int likeliest(List<SampledAnswer> answers) {
    return Votes.likeliest(answers.stream().map(SampledAnswer::probabilities).toList());
  }

  private static Cell cell(
      List<Run> runs, List<Question> questions, int k, ToIntFunction<List<SampledAnswer>> choice) {
    double share =
        runs.stream()
            .mapToDouble(run -> run.accuracy(questions, k, choice))
            .average()
            .orElseThrow();
    return new Cell.Estimate(
        100 * share,
        Optional.of(Interval.wilson(share, questions.size(), LEVEL).times(100)),
        DECIMALS);
  }
}
