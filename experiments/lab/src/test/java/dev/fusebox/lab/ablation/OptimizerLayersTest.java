package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.ExperimentFiles.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.training.optimize.Adafactor;
import dev.fusebox.training.optimize.AdafactorRelative;
import dev.fusebox.training.optimize.Adamw;
import dev.fusebox.training.optimize.AdamwHf;
import dev.fusebox.training.optimize.Optimizer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.TrainingSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The optimizer and its own arguments, through the layers. */
class OptimizerLayersTest {

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    files = ExperimentFiles.withBase(folder);
  }

  @Test
  void anArgumentThatTheOptimizerHasNotIsSaidSo() {
    assertThat(told(() -> files.read("training.optimizer { type = adafactor, beta1 = 0.5 }")))
        .contains(
            "line 2  training.optimizer.beta1  adafactor has no beta1; it has learningRate,"
                + " weightDecay");
    assertThat(told(() -> files.read("training.optimizer.type = adam")))
        .contains("training.optimizer.type = adam  no such type; did you mean adamw?; known:");
    assertThat(told(() -> files.read("training.optimizer { type = adafactor, learningrate = 1 }")))
        .contains("unknown key; did you mean training.optimizer.learningRate?");
  }

  @Test
  void anotherOptimizerKeepsWhatBothHaveAndDropsTheRest() {
    Experiment experiment =
        files.read(
            """
            training.optimizer { learningRate = 1e-3, beta1 = 0.5, weightDecay = 0 }
            pretraining { texts = 50, training.optimizer.type = adafactor-relative }
            ablation.variants {
              same     {}
              rate     { training.optimizer.learningRate = 2e-3 }
              other    { training.optimizer.type = adafactor }
              stage    { pipeline.answer.training.optimizer.type = adamw-hf }
              overdone { training.optimizer { type = adafactor-relative, weightDecay = 0.5 } }
            }
            """);
    assertThat(optimizer(experiment, "same")).isEqualTo(new Adamw(1e-3, 0.5, 0.999, 1e-8, 0));
    assertThat(optimizer(experiment, "rate")).isEqualTo(new Adamw(2e-3, 0.5, 0.999, 1e-8, 0));
    assertThat(optimizer(experiment, "other")).isEqualTo(new Adafactor(1e-3, 0));
    assertThat(optimizer(experiment, "stage")).isEqualTo(new AdamwHf(1e-3, 0.5, 0.999, 1e-8, 0));
    assertThat(optimizer(experiment, "overdone")).isEqualTo(new AdafactorRelative(1e-3, 0.5));
    assertThat(experiment.variants().get(0).recipe().pretraining().orElseThrow().training())
        .extracting(TrainingSettings::optimizer)
        .isEqualTo(new AdafactorRelative(5e-5, 0.01));
  }

  private static Optimizer optimizer(Experiment experiment, String variant) {
    Recipe recipe =
        experiment.variants().stream()
            .filter(each -> each.name().equals(variant))
            .findFirst()
            .orElseThrow()
            .recipe();
    return recipe.pipeline().get("answer").training().optimizer();
  }
}
