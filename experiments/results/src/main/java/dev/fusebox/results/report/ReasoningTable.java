package dev.fusebox.results.report;

import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.results.score.Fisher;
import dev.fusebox.results.score.Holm;
import dev.fusebox.results.score.NamedOptions;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether answers follow from rationales, run by run. A rationale is right that names the right
 * option and no other, and wrong that names one other option.
 */
public final class ReasoningTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF =
      List.of("", "rationales right", "answers right", "rationales wrong", "answers right then");

  private static final int DECIMALS = 1;
  private static final List<Column> COLUMNS =
      List.of(
          Column.words(""),
          Column.number("rationales right"),
          Column.estimate("answers right"),
          Column.number("rationales wrong").afterRule(),
          Column.estimate("answers right then"),
          Column.number("name no one option").afterRule(),
          Column.estimate("answers right there"),
          new Column("dependence", List.of("p (Holm)"), true, true, false));
  private static final List<String> NOTES =
      List.of(
          "a rationale is right if it names the right option by its words and no other, wrong if it names exactly one other",
          "dependence: Fisher's exact test of rationale right or wrong by answer right or wrong, Holm over all rows; CI:"
              + " Wilson's",
          "a rationale that is missing names none");

  private ReasoningTable() {}

  /** The table; empty if no run's rationales were put to a test. */
  public static Optional<Table> of(Report report) {
    List<CrossedMarks> runs =
        report.runs().stream()
            .filter(ReasoningTable::isAsked)
            .map(run -> CrossedMarks.of(run, report.test()))
            .toList();
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Do the answers follow from the rationales?",
                List.of(
                    "% [95% CI]",
                    report.data(), Numbers.count(report.test().size(), "test question")),
                COLUMNS,
                List.of(rows(runs)),
                NOTES));
  }

  private static List<List<Cell>> rows(List<CrossedMarks> runs) {
    List<Double> adjusted = Holm.adjust(runs.stream().map(CrossedMarks::p).toList());
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      rows.add(runs.get(i).row(adjusted.get(i)));
    }
    return rows;
  }

  private static boolean isAsked(ReportedRun run) {
    return run.rationales().isPresent()
        && run.result() instanceof RunResult.Finished
        && run.tested().changed().stream()
            .anyMatch(answer -> answer.change().subject() == QuestionChange.Subject.RATIONALE);
  }

  /** Marks by what the rationale is. */
  private static final class Marks {
    private int right;
    private int n;

    void add(boolean correct) {
      right += correct ? 1 : 0;
      n++;
    }

    Cell share() {
      Proportion share = new Proportion(right, n);
      return share.isEmpty()
          ? new Cell.Empty()
          : new Cell.Estimate(
              share.percent(), Optional.of(share.wilson(0.95).times(100)), DECIMALS);
    }
  }

  /**
   * A run's answers by what its rationales are.
   *
   * @param open of rationales that name no one option
   */
  private record CrossedMarks(String run, Marks right, Marks wrong, Marks open) {

    static CrossedMarks of(ReportedRun run, List<Question> questions) {
      Map<String, String> rationales = texts(run.rationales().orElseThrow().texts());
      Map<String, String> answers = texts(((RunResult.Finished) run.result()).predictions());
      CrossedMarks marks = new CrossedMarks(run.name(), new Marks(), new Marks(), new Marks());
      for (Question question : questions) {
        String rationale = rationales.getOrDefault(question.id(), "");
        OptionalInt answer = Grader.option(question, answers.getOrDefault(question.id(), ""));
        marks
            .by(question, NamedOptions.only(question, rationale))
            .add(answer.isPresent() && answer.getAsInt() == question.answer());
      }
      return marks;
    }

    private Marks by(Question question, OptionalInt named) {
      if (named.isEmpty()) {
        return open;
      }
      return named.getAsInt() == question.answer() ? right : wrong;
    }

    double p() {
      return new Fisher(right.right, right.n - right.right, wrong.right, wrong.n - wrong.right).p();
    }

    List<Cell> row(double adjusted) {
      List<Cell> row = new ArrayList<>(List.of(new Cell.Words(run)));
      for (Marks marks : List.of(right, wrong, open)) {
        row.add(new Cell.Count(marks.n));
        row.add(marks.share());
      }
      row.add(new Cell.Probability(adjusted));
      return row;
    }
  }

  private static Map<String, String> texts(List<Prediction> predictions) {
    Map<String, String> texts = new HashMap<>();
    predictions.forEach(each -> texts.put(each.id(), each.text()));
    return texts;
  }
}
