package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.TestedRuns.RANKED;
import static dev.fusebox.lab.ablation.TestedRuns.TWO_STAGES;
import static dev.fusebox.lab.ablation.TestedRuns.tested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.work.ChangedFile;
import dev.fusebox.training.work.OptionsFile;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test questions asked in a changed form: stages of their own, over the same training. */
class ChangedQuestionsTest {

  @TempDir Path folder;
  private TestedRuns runs;

  @BeforeEach
  void wire() throws IOException {
    runs = TestedRuns.in(folder);
  }

  @Test
  void changedQuestionsHaveStagesOfTheirOwnAndShareTheTraining() throws IOException {
    RunPlan plain = runs.plan(TWO_STAGES);
    RunPlan both =
        runs.plan(TWO_STAGES + "test.change = [shuffle-options, no-rationale, gold-rationale]");
    assertThat(both.stages()).containsAll(plain.stages());
    assertThat(both.answer()).isEqualTo(plain.answer());
    assertThat(both.key()).isNotEqualTo(plain.key());
    assertThat(plain.key()).isEqualTo(plain.answer().key());
    assertThat(tested(both))
        .extracting(Stage::title)
        .containsExactly(
            "rationale, tested by shuffle-options",
            "answer, tested by shuffle-options",
            "answer, tested by no-rationale",
            "answer, tested by gold-rationale");
    runs.run(both);
    int questions = OptionsFile.read(runs.result(both.answer()).resolve(OptionsFile.NAME)).size();
    for (Stage stage : tested(both).subList(1, 4)) {
      List<ChangedAnswer> answers = ChangedFile.read(runs.result(stage).resolve(ChangedFile.NAME));
      assertThat(answers).hasSize(questions);
      assertThat(answers).allMatch(answer -> answer.option() >= 0);
      boolean shuffled = answers.get(0).change() == QuestionChange.SHUFFLE_OPTIONS;
      assertThat(answers.stream().anyMatch(answer -> answer.option() != answer.place()))
          .isEqualTo(shuffled);
    }
  }

  /** A model that always writes the same letter, or finds the same option likeliest. */
  private List<ChangedAnswer> renamed(String decoding, String written) throws IOException {
    RunPlan plan =
        runs.writing(written)
            .plan(
                RANKED
                        .replace("decoding.mode = ranked", decoding)
                        .replace("QCM-T", decoding.endsWith("ranked") ? "QCM-T" : "QCM-A")
                    + "test.change = [rename-letters]");
    runs.run(plan);
    Path file = runs.result(tested(plan).get(0)).resolve(ChangedFile.NAME);
    List<ChangedAnswer> answers = ChangedFile.read(file);
    assertThat(answers)
        .isNotEmpty()
        .allMatch(answer -> answer.change() == QuestionChange.RENAME_LETTERS)
        .allMatch(answer -> answer.option() == answer.place());
    return answers;
  }

  @Test
  void aWrittenLetterNamesTheOptionThatBearsItNow() throws IOException {
    assertThat(renamed("decoding.mode = generated", "The answer is (Q)."))
        .extracting(ChangedAnswer::place)
        .containsOnly(1);
  }

  @Test
  void aWrittenLetterThatNoOptionBearsNowNamesNone() throws IOException {
    assertThat(renamed("decoding.mode = generated", "The answer is (B)."))
        .extracting(ChangedAnswer::place)
        .containsOnly(ChangedAnswer.NONE);
  }

  @Test
  void aRankedOptionIsNamedByItsPlaceWhateverItsLetter() throws IOException {
    assertThat(renamed("decoding.mode = ranked", "The answer is (B)."))
        .extracting(ChangedAnswer::place)
        .containsOnly(1);
  }

  @Test
  void aRationaleThatStaysAsItWasIsNotAsked() throws IOException {
    RunPlan plan =
        runs.writing("Nothing is named.")
            .plan(TWO_STAGES + "test.change = [counterfactual-rationale, shuffled-rationale]");
    for (Stage stage : plan.stages()) {
      if (stage.role() != StageRole.TESTING) {
        runs.result(stage);
      }
    }
    runs.writingThemselves().run(plan);
    Path counterfactual = runs.result(tested(plan).get(0));
    assertThat(ChangedFile.read(counterfactual.resolve(ChangedFile.NAME))).isEmpty();
    assertThat(ChangedFile.read(runs.result(tested(plan).get(1)).resolve(ChangedFile.NAME)))
        .isNotEmpty();
  }

  /** What the stages saw of a question with a picture: as it is, and under each change. */
  private List<float[]> seen(String control) throws IOException {
    runs.run(
        runs.plan(
            RANKED + control + "test.change = [noise-picture, no-picture, picture-of-another]"));
    List<PredictionTask> tasks = runs.asked();
    String id = tasks.get(1).examples().get(0).id();
    List<float[]> seen = new ArrayList<>();
    for (PredictionTask task : tasks) {
      PictureFeatures pictures = task.pictures().orElseThrow();
      float[] numbers = new float[pictures.patches() * pictures.width()];
      int patches = pictures.read(id, FloatBuffer.wrap(numbers));
      seen.add(Arrays.copyOf(numbers, patches * pictures.width()));
    }
    assertThat(seen).hasSize(4);
    return seen;
  }

  @Test
  void noiseNothingOrAnothersPictureStandsInThePlaceOfAPicture() throws IOException {
    List<float[]> seen = seen("");
    float[] own = seen.get(0);
    assertThat(seen.get(1)).isNotEqualTo(own).isNotEmpty();
    assertThat(seen.get(2)).isEmpty();
    assertThat(seen.get(3)).isNotEqualTo(own).isNotEqualTo(seen.get(1)).isNotEmpty();
    PictureFeatures pictures = runs.asked().get(0).pictures().orElseThrow();
    List<float[]> others = new ArrayList<>();
    for (Example example : runs.asked().get(3).examples()) {
      float[] numbers = new float[pictures.patches() * pictures.width()];
      int patches = pictures.read(example.id(), FloatBuffer.wrap(numbers));
      others.add(Arrays.copyOf(numbers, patches * pictures.width()));
    }
    assertThat(others.subList(1, others.size()))
        .anyMatch(other -> Arrays.equals(other, seen.get(3)));
  }

  @Test
  void whereThePictureIsBlindThereIsNoneToTakeAway() throws IOException {
    List<float[]> seen = seen("control = blind\n");
    assertThat(seen.get(0)).isNotEmpty().containsOnly(0);
    assertThat(seen).allMatch(each -> Arrays.equals(each, seen.get(0)));
  }

  @Test
  void withoutARationaleThereIsNoneToChange() throws IOException {
    assertThat(tested(runs.plan(RANKED + "test.change = [no-rationale, no-picture]")))
        .extracting(Stage::title)
        .containsExactly("answer, tested by no-picture");
  }

  @Test
  void picturesAreFramedOtherwiseWhereTheyLieInAGrid() throws IOException {
    String clip = RANKED.replace("features = detr", "features = clip");
    runs.run(runs.plan(clip + "test.change = [shifted-picture, cropped-picture]"));
    PictureFeatures own = runs.asked().get(0).pictures().orElseThrow();
    String id = runs.asked().get(1).examples().stream().map(Example::id).findFirst().orElseThrow();
    List<float[]> seen = new ArrayList<>();
    for (PredictionTask task : runs.asked()) {
      float[] numbers = new float[own.patches() * own.width()];
      assertThat(task.pictures().orElseThrow().read(id, FloatBuffer.wrap(numbers))).isEqualTo(16);
      seen.add(numbers);
    }
    assertThat(seen).hasSize(3);
    int middle = 5 * own.width();
    assertThat(Arrays.copyOf(seen.get(2), own.width()))
        .isEqualTo(Arrays.copyOfRange(seen.get(0), middle, middle + own.width()));
    assertThat(seen.get(1)).isNotEqualTo(seen.get(0)).isNotEqualTo(seen.get(2));
    assertThatThrownBy(() -> runs.plan(RANKED + "test.change = [no-hint, cropped-picture]"))
        .hasMessageContaining(
            "must not hold cropped-picture where vectors lie in no grid over the"
                + " picture, as pipeline.answer sees those of detr; clip, vit, patches,"
                + " pixels and file have one");
    assertThat(runs.plan(RANKED + "fusion = none\ntest.change = [cropped-picture]").stages())
        .hasSize(3);
  }
}
