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
