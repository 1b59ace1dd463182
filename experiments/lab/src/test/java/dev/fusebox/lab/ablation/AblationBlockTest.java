package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.ExperimentFiles.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSource;
import dev.fusebox.t5.tune.Ia3;
import dev.fusebox.t5.tune.Lora;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.training.recipe.StageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is compared, and with what. */
class AblationBlockTest {

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    files = ExperimentFiles.withBase(folder);
  }

  @Test
  void aVariantIsTheCommonTreeAndItsLines() {
    Experiment experiment =
        files.read(
            """
            ablation {
              question = "Does it help?"
              seeds = [1, 2]
              variants {
                text  { features = none }
                mist  { features = detr, fusion = mist }
                blind { features = detr, fusion { name = mist, heads = 2 }, control = blind }
                deep  { model.shape.encoderLayers = 6 }
              }
              compare = { mist = text }
            }
            """);
    assertThat(experiment.variants())
        .extracting(Variant::name)
        .containsExactly("text", "mist", "blind", "deep");
    assertThat(experiment.seeds()).containsExactly(1L, 2L);
    assertThat(experiment.compare()).containsEntry("mist", "text");
    StageSettings mist = answer(experiment, 1);
    assertThat(mist.features().source()).isEqualTo(FeatureSource.DETR);
    assertThat(mist.fusion().settings()).isEqualTo(new MistProvider.MistSettings(4));
    assertThat(mist.training().epochs()).isEqualTo(3);
    assertThat(mist.training().batches().size()).isEqualTo(8);
    assertThat(answer(experiment, 0).fusion().isNone()).isTrue();
    assertThat(answer(experiment, 2).fusion().settings())
        .isEqualTo(new MistProvider.MistSettings(2));
    assertThat(answer(experiment, 2).control()).isEqualTo(Control.BLIND);
    assertThat(answer(experiment, 3).model().shape().encoderLayers()).isEqualTo(6);
    assertThat(answer(experiment, 3).model().shape().decoderLayers()).isEqualTo(2);
  }

  @Test
  void severalSourcesAreOneBesideTheOther() {
    Experiment experiment =
        files.read(
            """
            features = [detr, clip]
            fusion = mist
            ablation.variants {
              both  {}
              more  { features.source = [vit, detr, clip] }
              one   { features = resnet }
              again { features { source = clip } }
            }
            """);
    assertThat(answer(experiment, 0).features().label()).isEqualTo("detr and clip");
    assertThat(answer(experiment, 1).features().label()).isEqualTo("vit and detr and clip");
    assertThat(answer(experiment, 2).features().label()).isEqualTo("resnet");
    assertThat(answer(experiment, 3).features().label()).isEqualTo("clip");
    assertThat(told(() -> files.read("features = [detr, caption]")))
        .contains("features", "different sources of vectors");
  }

  @Test
  void tuningSaysItsMethodAndTakesTheRestFromTheDefaults() {
    Experiment experiment =
        files.read(
            """
            model.checkpoint = checkpoints/x
            model.tune { method = lora, rank = 4 }
            ablation.variants {
              few {}
              all { model.tune { method = all } }
              ia3 { model.tune { method = ia3 } }
            }
            """);
    assertThat(answer(experiment, 0).model().tune())
        .isEqualTo(new Lora(4, 16, false, 0, List.of("q", "v")));
    assertThat(answer(experiment, 1).model().tune()).isEqualTo(new Tuning.All());
    assertThat(answer(experiment, 2).model().tune())
        .isEqualTo(new Ia3(List.of("k", "v", "wo"), List.of("wo")));
    assertThat(told(() -> files.read("model.tune { method = lorra }")))
        .contains("no such method", "did you mean lora?");
    assertThat(told(() -> files.read("model.tune { method = ia3, rank = 4 }")))
        .contains("ia3 has no rank");
    assertThat(told(() -> files.read("model.tune { method = lora, targets = [qq] }\n")))
        .contains("targets", "qq");
    assertThat(told(() -> files.read("model.tune { method = lora }"))).contains("random weights");
  }

  @Test
  void aGridIsEveryCombination() {
    Experiment experiment =
        files.read(
            """
            ablation.grid {
              fusion   = [none, { name = mist, heads = 8 }]
              features = [caption, detr]
              training.optimizer.learningRate = [1e-3, 2e-3]
            }
            """);
    assertThat(experiment.variants())
        .extracting(Variant::name)
        .hasSize(8)
        .startsWith("none-caption-learningRate0.001")
        .contains("mist-heads8-detr-learningRate0.002");
  }

  @Test
  void withoutAnAblationThereIsOneRun() {
    Experiment experiment = files.read("");
    assertThat(experiment.name()).isEqualTo("mine");
    assertThat(experiment.variants()).extracting(Variant::name).containsExactly("mine");
    assertThat(experiment.seeds()).containsExactly(1L);
  }

  @Test
  void aVariantIsNoControlOfItself() {
    assertThat(told(() -> files.read("ablation { variants { a {} }, compare { a = a } }")))
        .contains("line 2  ablation.compare.a = a  a variant cannot be its own control");
  }

  @Test
  void aPartOfAnAblationHasItsOwnPairs() {
    Experiment all =
        files.read("ablation { variants { a {}, b {}, c {} }, compare { b = a, c = a } }");
    Experiment part = all.only(List.of("c", "a"));
    assertThat(part.variants()).extracting(Variant::name).containsExactly("a", "c");
    assertThat(part.compare()).containsOnlyKeys("c");
    assertThat(part.overrides()).containsExactly("--only=c,a");
    assertThat(told(() -> all.only(List.of("d"))))
        .isEqualTo("--only d: no such variant; known: a, b, c");
  }

  @Test
  void thousandsOfVariantsAreReadInSeconds() {
    StringBuilder text = new StringBuilder("ablation.variants {\n");
    for (int i = 0; i < 2000; i++) {
      text.append("v").append(i).append(" { training.epochs = ").append(i + 1).append(" }\n");
    }
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertThat(files.read(text.append("}").toString()).variants()).hasSize(2000));
  }

  private static StageSettings answer(Experiment experiment, int variant) {
    return experiment.variants().get(variant).recipe().pipeline().get("answer");
  }
}
