package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.ChangedQuestion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Cell;
import dev.fusebox.training.task.ChangedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose truth is known must be told it. */
class ChangeTableTest {

  private static final List<Question> QUESTIONS =
      IntStream.range(0, 200).mapToObj(ChangeTableTest::question).toList();

  private static Question question(int number) {
    Random random = new Random(new SplittableRandom(number).nextLong());
    int answer = random.nextInt(3);
    List<String> choices = List.of("a " + number, "b " + number, "c " + number);
    return new Question(
        "q" + number, "Which?", choices, answer, "It says so.", true, "", "", "", "", "");
  }

  private static int first(Question question) {
    return 0;
  }

  private static int knows(Question question) {
    String text = question.choices().get(question.answer());
    return question.choices().indexOf(text);
  }

  /** A model that answers wherever the hint is, and guesses otherwise. */
  private static int reads(Question question) {
    return question.hint().isEmpty()
        ? new Random(new SplittableRandom(question.id().hashCode()).nextLong()).nextInt(3)
        : question.answer();
  }

  private static ReportedRun run(ToIntFunction<Question> model, QuestionChange... changes) {
    List<ChangedAnswer> changed = new ArrayList<>();
    for (QuestionChange change : changes) {
      for (ChangedQuestion each : change.of(QUESTIONS)) {
        int place = model.applyAsInt(each.asked());
        int option = place < 0 ? ChangedAnswer.NONE : each.origins().get(place);
        changed.add(
            new ChangedAnswer(
                change, each.asked().id(), place, option, each.asked().choices().size()));
      }
    }
    List<Prediction> answers =
        QUESTIONS.stream()
            .map(question -> new Prediction(question.id(), said(model, question), ""))
            .toList();
    return TestReports.run(
        "model", 1, "generated, greedy", answers, new TestedAnswers(changed, List.of()));
  }

  private static String said(ToIntFunction<Question> model, Question question) {
    int option = model.applyAsInt(question);
    return option < 0 ? "Dunno." : AnswerPattern.naming(option);
  }

  private static Report report(ReportedRun... runs) {
    return TestReports.report("test", QUESTIONS, runs);
  }

  private static List<String> verdicts(ToIntFunction<Question> model, QuestionChange... changes) {
    return ChangeTable.of(report(run(model, changes))).orElseThrow().sections().get(0).stream()
        .map(row -> row.get(row.size() - 1).text())
        .toList();
  }

  @Test
  void aModelThatReadsTheLetterOnlyIsToldSo() {
    assertThat(verdicts(ChangeTableTest::first, QuestionChange.SHUFFLE_OPTIONS))
        .containsExactly("goes by the letter");
  }

  @Test
  void aModelThatKnowsKeepsItsAnswers() {
    assertThat(
            verdicts(
                ChangeTableTest::knows,
                QuestionChange.SHUFFLE_OPTIONS,
                QuestionChange.ADD_DISTRACTOR,
                QuestionChange.WRONG_OPTION_IN_HINT,
                QuestionChange.ANSWER_IN_HINT))
        .containsExactly("no drop shown", "no drop shown", "no drop shown", "no drop shown");
  }

  @Test
  void aBlindModelIsToldThatItDoesNotLook() {
    assertThat(
            verdicts(
                ChangeTableTest::knows,
                QuestionChange.PICTURE_OF_ANOTHER,
                QuestionChange.NO_PICTURE))
        .containsExactly("does not look", "does not look");
  }

  @Test
  void aModelThatNeedsTheHintGuessesWithoutItAndOthersDoWithout() {
    assertThat(verdicts(ChangeTableTest::reads, QuestionChange.NO_HINT))
        .containsExactly("guesses without it");
    assertThat(
            verdicts(
                question -> (question.id() + question.hint()).hashCode() % 3 == 0 ? 0 : 2,
                QuestionChange.NO_HINT))
        .containsExactly("guesses with it, too");
    assertThat(verdicts(ChangeTableTest::knows, QuestionChange.NO_HINT))
        .containsExactly("does without it");
  }

  @Test
  void aModelThatBelievesHintsDrops() {
    assertThat(
            verdicts(
                question ->
                    question.hint().equals("It says so.")
                        ? question.answer()
                        : question.id().hashCode() % 2 == 0
                            ? question.answer()
                            : (question.answer() + 1) % 3,
                QuestionChange.WRONG_OPTION_IN_HINT))
        .containsExactly("drops");
  }

  @Test
  void aModelThatNamesNoOptionIsNotSaidToIgnoreAnything() {
    assertThat(verdicts(question -> -1, QuestionChange.NO_PICTURE, QuestionChange.SHUFFLE_OPTIONS))
        .containsExactly("names no option", "names no option");
  }

  @Test
  void sharesStandBesideAccuracyWithTheirIntervals() {
    List<Cell> row =
        ChangeTable.of(report(run(ChangeTableTest::knows, QuestionChange.SHUFFLE_OPTIONS)))
            .orElseThrow()
            .sections()
            .get(0)
            .get(0);
    assertThat(row)
        .extracting(Cell::text)
        .containsExactly(
            "model",
            "shuffle-options",
            "200",
            "0",
            "100.0",
            "100.0 [98.1, 100.0]",
            "33.3",
            "0.0 [0.0, 1.9]",
            "same answer",
            "100.0 [98.1, 100.0]",
            "p = 1",
            "no drop shown");
  }

  /** A model that gives another answer to so many of the questions, and was right before. */
  private static ReportedRun moved(
      QuestionChange change, int seed, List<Question> asked, int moved) {
    List<ChangedAnswer> changed = new ArrayList<>();
    for (Question question : asked) {
      int option =
          changed.size() < moved
              ? change.argued(question).orElse((question.answer() + 1) % 3)
              : question.answer();
      changed.add(new ChangedAnswer(change, question.id(), option, option, 3));
    }
    return TestReports.run(
        "model",
        seed,
        "generated, greedy",
        run(ChangeTableTest::knows).result() instanceof RunResult.Finished finished
            ? finished.predictions()
            : List.of(),
        new TestedAnswers(changed, List.of()));
  }

  private static List<String> row(ReportedRun... runs) {
    return TestReports.rows(ChangeTable.of(report(runs)).orElseThrow()).get(0);
  }

  @ParameterizedTest
  @CsvSource({"0, is not used", "2, is not used", "9, cannot tell", "19, is used"})
  void oneChangedAnswerIsNoProofOfUse(int moved, String verdict) {
    for (QuestionChange change :
        List.of(QuestionChange.NO_RATIONALE, QuestionChange.COUNTERFACTUAL_RATIONALE)) {
      assertThat(row(moved(change, 1, QUESTIONS, moved))).last().isEqualTo(verdict);
    }
  }

  @Test
  void noChangeInAFewQuestionsIsNoProofOfDisuse() {
    assertThat(row(moved(QuestionChange.NO_RATIONALE, 1, QUESTIONS.subList(0, 20), 0)))
        .last()
        .isEqualTo("cannot tell");
  }

  @Test
  void theAnswerArguedForIsCounted() {
    List<String> row = row(moved(QuestionChange.COUNTERFACTUAL_RATIONALE, 1, QUESTIONS, 50));
    assertThat(row).contains("other answer").element(9).isEqualTo("25.0 [19.5, 31.4]");
    ChangedAnswer other =
        new ChangedAnswer(QuestionChange.COUNTERFACTUAL_RATIONALE, "q0", -1, -1, 3);
    assertThat(
            row(TestReports.run(
                    "model",
                    1,
                    "",
                    List.of(new Prediction("q0", AnswerPattern.naming(0), "")),
                    new TestedAnswers(List.of(other), List.of())))
                .get(9))
        .startsWith("0.0 ");
  }

  @Test
  void questionsThatStayAsTheyWereAreLeftOutInEverySeed() {
    List<String> row =
        row(
            moved(QuestionChange.COUNTERFACTUAL_RATIONALE, 1, QUESTIONS.subList(0, 120), 120),
            moved(QuestionChange.COUNTERFACTUAL_RATIONALE, 2, QUESTIONS.subList(40, 200), 160));
    assertThat(row.subList(2, 4)).containsExactly("80", "120");
    assertThat(row.get(9)).startsWith("100.0 ");
    assertThat(
            ChangeTable.of(
                report(
                    moved(QuestionChange.NO_RATIONALE, 1, QUESTIONS.subList(0, 50), 1),
                    moved(QuestionChange.NO_RATIONALE, 2, QUESTIONS.subList(50, 99), 1))))
        .isEmpty();
  }

  @Test
  void whereOnlyChanceIsLeftAccuracyAboveItIsShown() {
    List<Cell> row =
        ChangeTable.of(report(run(ChangeTableTest::knows, QuestionChange.NO_HINT)))
            .orElseThrow()
            .sections()
            .get(0)
            .get(0);
    assertThat(row.get(9).text()).isEqualTo("66.7 [64.8, 66.7]");
    assertThat(row(moved(QuestionChange.NO_RATIONALE, 1, QUESTIONS, 3)).get(9)).isEqualTo("open");
  }

  @Test
  void howManyParaphrasesAreOnesIsTold() {
    assertThat(
            ChangeTable.of(report(run(ChangeTableTest::knows, QuestionChange.PARAPHRASE)))
                .orElseThrow()
                .notes())
        .contains(
            "paraphrase: a rule puts 0 of 200 questions in other words, the others keep theirs behind \"Please answer this:\"");
  }

  @Test
  void seedsAreAveragedAndWithoutTestsThereIsNoTable() {
    ReportedRun one = run(ChangeTableTest::knows, QuestionChange.SHUFFLE_OPTIONS);
    ReportedRun other = run(ChangeTableTest::first, QuestionChange.SHUFFLE_OPTIONS);
    List<Cell> row = ChangeTable.of(report(one, other)).orElseThrow().sections().get(0).get(0);
    double firsts = QUESTIONS.stream().filter(question -> question.answer() == 0).count() / 200.0;
    assertThat(row.get(4).order()).isEqualTo(100 * (1 + firsts) / 2);
    assertThat(ChangeTable.of(report(run(ChangeTableTest::knows)))).isEmpty();
  }
}
