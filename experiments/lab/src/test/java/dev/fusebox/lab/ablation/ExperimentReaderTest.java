package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigObject;
import dev.fusebox.file.UserError;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layers of an experiment: defaults, file, variant, command line. */
class ExperimentReaderTest {

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    files = ExperimentFiles.withBase(folder);
  }

  @Test
  void aSentenceTransformerIsADirectoryOrNone() {
    assertThat(files.read("").sentenceTransformer()).isEmpty();
    assertThat(files.read("", "sentenceTransformer=minilm").sentenceTransformer())
        .contains(Path.of("minilm"));
  }

  private static StageSettings answer(Experiment experiment, int variant) {
    return experiment.variants().get(variant).recipe().pipeline().get("answer");
  }

  @Test
  void theCommandLineIsOverEveryVariant() {
    Experiment experiment =
        files.read(
            "ablation.variants { a { training.epochs = 9 }, b { model.checkpoint = ${checkpoints}/x } }",
            "training.epochs=2",
            "seeds=[7]",
            "data.root=../some//where");
    assertThat(experiment.seeds()).containsExactly(7L);
    assertThat(experiment.variants())
        .allSatisfy(
            variant -> {
              assertThat(variant.recipe().training().epochs()).isEqualTo(2);
              assertThat(variant.recipe().data().root()).contains(Path.of("../some/where"));
            });
    assertThat(answer(experiment, 1).model().checkpoint()).contains(Path.of("checkpoints/x"));
  }

  @Test
  void aVariantTellsTheConfigItWasReadFromWheneverItIsAsked() {
    Variant variant =
        files.read("ablation.variants { a { training.epochs = 9 }, b {} }").variants().get(0);
    ConfigObject tree = variant.tree();
    assertThat(tree.toConfig().getInt("training.epochs")).isEqualTo(9);
    assertThat(variant.tree()).isEqualTo(tree);
    assertThat(variant.tree().toConfig().getValue("training.epochs").origin())
        .isEqualTo(tree.toConfig().getValue("training.epochs").origin());
  }

  @Test
  void whatIsBuiltFromAValueFollowsTheCommandLine() {
    String text =
        """
        data { root = here }
        model { tokenizer = ${data.root}/words.json }
        pipeline { answer { format = QCM-A } }
        """;
    Experiment experiment =
        files.reader().read(files.write("real.conf", text), List.of("data.root=there"));
    assertThat(answer(experiment, 0).model().tokenizer()).contains(Path.of("there/words.json"));
    assertThat(experiment.variants().get(0).recipe().data().root()).contains(Path.of("there"));
  }

  @Test
  void aPresetReplacesWhatItNames() {
    Experiment experiment = files.read("model.checkpoint = here", "model=tiny");
    assertThat(experiment.variants().get(0).recipe().model().checkpoint()).isEmpty();
  }

  @Test
  void aBlockAfterANameIsLaidOverTheDefaults() {
    Experiment experiment =
        files.read("data.demo.questions = 500\nmodel { tokenizer = words.json }");
    assertThat(experiment.variants().get(0).recipe().data().demo().questions()).isEqualTo(500);
    assertThat(experiment.variants().get(0).recipe().data().demo().seed()).isEqualTo(1);
    assertThat(answer(experiment, 0).model().tokenizer()).contains(Path.of("words.json"));
    assertThat(answer(experiment, 0).model().shape().width()).isEqualTo(64);
  }

  /** It has replaced the name in HOCON's eyes, and which one it was is not known any more. */
  @Test
  void aBlockAfterTheNameOfAPresetOfOnesOwnIsNoGuess() {
    String text = "models.wide { shape { width = 512 } }\nmodel = wide\nmodel { frozen = [] }";
    assertThatThrownBy(() -> files.read(text))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("model.shape");
  }

  @Test
  void stagesFollowWhatTheyReadAndMayDiffer() {
    Experiment experiment =
        files.read(
            """
            pipeline {
              answer { format = QCMG-A, from = rationale }
              rationale { format = QCM-E, target.maxTokens = 128, training.epochs = 5 }
            }
            """);
    Recipe recipe = experiment.variants().get(0).recipe();
    assertThat(recipe.pipeline().keySet()).containsExactly("rationale", "answer");
    assertThat(recipe.lastStage()).isEqualTo("answer");
    assertThat(recipe.pipeline().get("rationale").training().epochs()).isEqualTo(5);
    assertThat(recipe.pipeline().get("answer").training().epochs()).isEqualTo(3);
  }

  @Test
  void pretrainingHasATrainingOfItsOwn() {
    Experiment experiment =
        files.read("pretraining { texts = 50, objectives { letters = 1 }, training.steps = 10 }");
    var pretraining = experiment.variants().get(0).recipe().pretraining().orElseThrow();
    assertThat(pretraining.objectives()).containsOnlyKeys("letters");
    assertThat(pretraining.training().steps()).contains(10);
    assertThat(pretraining.training().epochs()).isEqualTo(20);
    assertThat(files.read("pretraining = none").variants().get(0).recipe().pretraining()).isEmpty();
  }

  @Test
  void trackingIsOffUnlessAnAddressIsGiven() {
    assertThat(files.read("").tracking())
        .isEqualTo(new TrackingSettings(Optional.empty(), Optional.empty()));
    assertThat(files.read("", "tracking.mlflow=http://localhost:5000").tracking().mlflow())
        .contains("http://localhost:5000");
  }
}
