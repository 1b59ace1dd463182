package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Cell;
import dev.fusebox.training.task.ChangedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same answers, with pictures that are really taken away from some of the questions. */
class MissingPictureTableTest {

  private static final List<Question> QUESTIONS =
      IntStream.range(0, 100)
          .mapToObj(
              i -> new Question("q" + i, "?", List.of("a", "b"), 0, "", true, "", "", "", "", ""))
          .toList();

  private static ReportedRun run(
      long seed, QuestionChange change, IntPredicate with, IntPredicate without) {
    List<Prediction> answers = new ArrayList<>();
    List<ChangedAnswer> changed = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(new Prediction("q" + i, AnswerPattern.naming(with.test(i) ? 0 : 1), ""));
      int option = without.test(i) ? 0 : 1;
      changed.add(new ChangedAnswer(change, "q" + i, option, option, 2));
    }
    return TestReports.run("gated", seed, "", answers, new TestedAnswers(changed, List.of()));
  }

  private static ReportedRun run(long seed, IntPredicate with, IntPredicate without) {
    return run(seed, QuestionChange.NO_PICTURE, with, without);
  }

  private static List<Cell> row(ReportedRun... runs) {
    return MissingPictureTable.of(TestReports.report("test", QUESTIONS, runs))
        .orElseThrow()
        .sections()
        .get(0)
        .get(0);
  }

  @Test
  void accuracyGoesStraightFromAllPicturesToNone() {
    List<Cell> row = row(run(1, i -> i < 90, i -> i < 50));
    assertThat(row.subList(1, 6))
        .extracting(Cell::order)
        .containsExactly(90.0, 80.0, 70.0, 60.0, 50.0);
    assertThat(row.subList(6, 8)).extracting(Cell::text).containsExactly("100", "1");
  }

  @Test
  void thatIsWhatTakingPicturesAwayGivesOnAverage() {
    IntPredicate with = i -> i % 7 != 0;
    IntPredicate without = i -> i % 3 == 0;
    double half = row(run(1, with, without)).get(3).order();
    SplittableRandom random = new SplittableRandom(4);
    double right = 0;
    int draws = 20_000;
    for (int draw = 0; draw < draws; draw++) {
      for (int i = 0; i < 100; i++) {
        right += (random.nextBoolean() ? with : without).test(i) ? 1 : 0;
      }
    }
    assertThat(half).isCloseTo(right / draws, within(0.2)); // of 100 questions: percent
  }

  @Test
  void answersThatAPictureDoesNotMoveAreAsSureAtEveryShare() {
    List<Cell> row = row(run(1, i -> i < 60, i -> i < 60));
    assertThat(row.subList(1, 6)).extracting(Cell::text).containsOnly(row.get(1).text());
    assertThat(row.get(1).text()).isEqualTo("60.0 [50.0, 70.0]");
  }

  @Test
  void seedsAreAveragedAndWithoutTheChangeThereIsNoTable() {
    List<Cell> row = row(run(1, i -> true, i -> i < 50), run(2, i -> i < 50, i -> i < 50));
    assertThat(row.get(1).order()).isCloseTo(75, within(1e-9));
    assertThat(row.get(5).order()).isCloseTo(50, within(1e-9));
    ReportedRun other = run(1, QuestionChange.NOISE_PICTURE, i -> true, i -> true);
    assertThat(MissingPictureTable.of(TestReports.report("test", QUESTIONS, other))).isEmpty();
  }
}
