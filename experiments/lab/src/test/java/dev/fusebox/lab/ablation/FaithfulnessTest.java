package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.picture.FeatureSource;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.optimize.AdamwHf;
import dev.fusebox.training.optimize.Course;
import dev.fusebox.training.optimize.Schedule;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.UpstreamText;
import dev.fusebox.training.recipe.ValidationMetric;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The settings that docs/faithfulness.md sets beside mm-cot's code, as the configs resolve. */
class FaithfulnessTest {

  private static final Path CONFIGS = Path.of(System.getProperty("fusebox.root"), "configs/paper");
  private static final int TRAINING_QUESTIONS = 12_726;

  private static StageSettings stage(String config, String variant, String stage) {
    ClassLoader loader = FaithfulnessTest.class.getClassLoader();
    Variant found =
        new ExperimentReader(FusionCatalogue.of(loader), loader)
            .read(CONFIGS.resolve(config + ".conf"), List.of()).variants().stream()
                .filter(each -> each.name().equals(variant))
                .findFirst()
                .orElseThrow();
    return found.recipe().pipeline().get(stage);
  }

  private static final List<StageSettings> ALL =
      List.of(
          stage("main", "base", "rationale"),
          stage("main", "base", "answer"),
          stage("main", "large", "rationale"),
          stage("main", "large", "answer"),
          stage("first-main", "base", "rationale"),
          stage("first-main", "base", "answer"));

  /** Seq2SeqTrainingArguments as main.py fills them, and the defaults of transformers 4.30. */
  @Test
  void trainingIsTheTrainersOfItsTime() {
    for (StageSettings stage : ALL) {
      TrainingSettings training = stage.training();
      assertThat(training.optimizer())
          .isEqualTo(new AdamwHf(training.optimizer().learningRate(), 0.9, 0.999, 1e-8, 0.01));
      assertThat(training.clip()).isEqualTo(1);
      assertThat(training.schedule()).isEqualTo(new Schedule(Course.LINEAR, 0));
      assertThat(training.batches().accumulation()).isEqualTo(1);
      assertThat(training.labelSmoothing()).isZero();
      assertThat(training.dropout()).isEqualTo(0.1);
      assertThat(training.precision()).isEqualTo(Precision.FLOAT32);
    }
  }

  @Test
  void batchesAreDrawnAtRandomAndTargetsPaddedToTheLongest() {
    for (StageSettings stage : ALL) {
      assertThat(stage.training().batches().lengthPool()).isEqualTo(1);
      assertThat(stage.training().batches().fill()).isEqualTo(BatchFill.QUESTIONS);
      assertThat(stage.training().countPadding()).isTrue();
      assertThat(stage.source().maxTokens()).isEqualTo(512);
    }
    assertThat(ALL.stream().map(stage -> stage.target().maxTokens()))
        .containsExactly(512, 64, 512, 64, 512, 64);
  }

  /** run_training.sh at each time; len(dataloader) × epochs steps, the last batch included. */
  @Test
  void ratesEpochsAndBatchesAreTheScripts() {
    assertThat(ALL.stream().map(stage -> stage.training().optimizer().learningRate()))
        .containsExactly(8e-5, 8e-5, 5e-5, 5e-5, 5e-5, 5e-5);
    assertThat(ALL.stream().map(stage -> stage.training().batches().size()))
        .containsExactly(8, 8, 8, 8, 16, 16);
    assertThat(ALL.stream().map(stage -> stage.training().stepsFor(TRAINING_QUESTIONS)))
        .containsExactly(31_820, 31_820, 79_550, 79_550, 15_920, 15_920);
  }

  /** load_best_model_at_end, but with --final_eval. */
  @Test
  void theBestEpochIsKeptWhereTheScriptsDo() {
    assertThat(ALL.stream().map(stage -> stage.training().validation().keepBest()))
        .containsExactly(false, true, true, true, false, false);
    assertThat(ALL.stream().map(stage -> stage.training().validation().every()))
        .containsExactly(0.0, 1.0, 1.0, 1.0, 0.0, 0.0);
    assertThat(stage("main", "large", "rationale").training().validation().metric())
        .isEqualTo(ValidationMetric.ROUGE_L);
    assertThat(stage("main", "base", "answer").training().validation().metric())
        .isEqualTo(ValidationMetric.ACCURACY);
    assertThat(stage("one-stage", "reasoning", "answer").training().validation().metric())
        .isEqualTo(ValidationMetric.ROUGE_L);
    assertThat(stage("a-okvqa", "vision", "answer").training().validation().keepBest()).isFalse();
  }

  @Test
  void textsAreReadAndWrittenAsTheScriptsDo() {
    StageSettings answer = stage("main", "base", "answer");
    assertThat(answer.trainOn()).isEqualTo(UpstreamText.GOLD);
    assertThat(answer.goldLecture()).isTrue();
    assertThat(answer.decoding().mode()).isEqualTo(DecodingMode.GENERATED);
    assertThat(answer.decoding().beams()).isEqualTo(1);
    assertThat(answer.decoding().sampling()).isEmpty();
    assertThat(answer.features().source()).isEqualTo(FeatureSource.VIT);
    assertThat(answer.features().captions()).isTrue();
    StageSettings first = stage("first-main", "base", "answer");
    assertThat(first.decoding().mode()).isEqualTo(DecodingMode.TEACHER_FORCED);
    assertThat(first.features().source()).isEqualTo(FeatureSource.DETR);
    assertThat(first.features().captions()).isFalse();
  }
}
