package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fusebox.file.UserError;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextShape;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSource;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.optimize.Adafactor;
import dev.fusebox.training.optimize.AdafactorRelative;
import dev.fusebox.training.optimize.Adamw;
import dev.fusebox.training.optimize.AdamwHf;
import dev.fusebox.training.optimize.Optimizer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentReaderTest {

  /** A fusion with one setting, whose default the tests' base file plays. */
  record MistSettings(int heads) {}

  static final class MistProvider implements FusionProvider<MistSettings> {
    @Override
    public String name() {
      return "mist";
    }

    @Override
    public FusionCard card() {
      return new FusionCard("sees mist", "none");
    }

    @Override
    public Class<MistSettings> configType() {
      return MistSettings.class;
    }

    @Override
    public void check(MistSettings config, TextShape text) {
      text.headsOfWidth(config.heads());
    }

    @Override
    public Fusion create(MistSettings config, FusionContext context) {
      return Fusion.NONE;
    }
  }

  @TempDir Path folder;
  private ExperimentReader reader;

  @BeforeEach
  void writeBase() {
    reader =
        new ExperimentReader(
            new FusionCatalogue(List.of(new MistProvider())), getClass().getClassLoader());
    write(
        "base/demo.conf",
        """
        data = demo
        model = tiny
        training { epochs = 3, optimizer.learningRate = 1e-3 }
        pipeline { answer { format = QCM-A } }
        fusions.mist { heads = 4 }
        """);
  }

  private Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Experiment read(String text, String... overrides) {
    Path file = write("mine.conf", "include \"base/demo.conf\"\n" + text);
    return reader.read(file, List.of(overrides));
  }

  @Test
  void aVariantIsTheCommonTreeAndItsLines() {
    Experiment experiment =
        read(
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
    assertThat(mist.fusion().settings()).isEqualTo(new MistSettings(4));
    assertThat(mist.training().epochs()).isEqualTo(3);
    assertThat(mist.training().batches().size()).isEqualTo(8);
    assertThat(answer(experiment, 0).fusion().isNone()).isTrue();
    assertThat(answer(experiment, 2).fusion().settings()).isEqualTo(new MistSettings(2));
    assertThat(answer(experiment, 2).control()).isEqualTo(Control.BLIND);
    assertThat(answer(experiment, 3).model().shape().encoderLayers()).isEqualTo(6);
    assertThat(answer(experiment, 3).model().shape().decoderLayers()).isEqualTo(2);
  }

  @Test
  void aFusionThatDoesNotFitTheModelIsAProblemOfTheConfig() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    features = detr
                    ablation.variants {
                      fits   { fusion = mist }
                      shape  { fusion { name = mist, heads = 7 } }
                      stage  { fusion = mist, pipeline.answer.fusion.heads = 5 }
                      unseen { features = none, fusion { name = mist, heads = 9 } }
                    }
                    """))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("mine.conf")
                + """
                : 2 problems
                  line 5  fusion.heads = 7                  must divide the model's width 64
                  line 6  pipeline.answer.fusion.heads = 5  must divide the model's width 64
                Put these right and run the same command again; fusebox describe shows every key.""");
  }

  @Test
  void aFusionIsCheckedAgainstACheckpointThatIsThere() {
    write(
        "t5/config.json",
        "{\"d_model\": 96, \"d_kv\": 8, \"num_heads\": 4, \"d_ff\": 8, \"num_layers\": 2, \"vocab_size\": 9}");
    String checkpoint = "model.checkpoint=" + folder.resolve("t5");
    String text = "features = detr, fusion { name = mist, heads = %d }";
    assertThat(read(text.formatted(6), checkpoint).variants()).hasSize(1);
    assertThatThrownBy(() -> read(text.formatted(64), checkpoint))
        .hasMessageContaining("fusion.heads = 64")
        .hasMessageContaining("must divide the model's width 96");
  }

  @Test
  void aSentenceTransformerIsADirectoryOrNone() {
    assertThat(read("").sentenceTransformer()).isEmpty();
    assertThat(read("", "sentenceTransformer=minilm").sentenceTransformer())
        .contains(Path.of("minilm"));
  }

  private static StageSettings answer(Experiment experiment, int variant) {
    return experiment.variants().get(variant).recipe().pipeline().get("answer");
  }

  @Test
  void theCommandLineIsOverEveryVariant() {
    Experiment experiment =
        read(
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
  void whatIsBuiltFromAValueFollowsTheCommandLine() {
    String text =
        """
        data { root = here }
        model { tokenizer = ${data.root}/words.json }
        pipeline { answer { format = QCM-A } }
        """;
    Experiment experiment = reader.read(write("real.conf", text), List.of("data.root=there"));
    assertThat(answer(experiment, 0).model().tokenizer()).contains(Path.of("there/words.json"));
    assertThat(experiment.variants().get(0).recipe().data().root()).contains(Path.of("there"));
  }

  @Test
  void aNameThatTheResultsNeedIsRefused() {
    Path file = write("stages.conf", "pipeline { answer { format = QCM-A } }");
    assertThatThrownBy(() -> reader.read(file, List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("results/stages belongs to all experiments");
  }

  @Test
  void aPresetReplacesWhatItNames() {
    Experiment experiment = read("model.checkpoint = here", "model=tiny");
    assertThat(experiment.variants().get(0).recipe().model().checkpoint()).isEmpty();
  }

  @Test
  void aBlockAfterANameIsLaidOverTheDefaults() {
    Experiment experiment = read("data.demo.questions = 500\nmodel { tokenizer = words.json }");
    assertThat(experiment.variants().get(0).recipe().data().demo().questions()).isEqualTo(500);
    assertThat(experiment.variants().get(0).recipe().data().demo().seed()).isEqualTo(1);
    assertThat(answer(experiment, 0).model().tokenizer()).contains(Path.of("words.json"));
    assertThat(answer(experiment, 0).model().shape().width()).isEqualTo(64);
  }

  /** It has replaced the name in HOCON's eyes, and which one it was is not known any more. */
  @Test
  void aBlockAfterTheNameOfAPresetOfOnesOwnIsNoGuess() {
    String text = "models.wide { shape { width = 512 } }\nmodel = wide\nmodel { frozen = [] }";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("model.shape");
  }

  @Test
  void aGridIsEveryCombination() {
    Experiment experiment =
        read(
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
    Experiment experiment = read("");
    assertThat(experiment.name()).isEqualTo("mine");
    assertThat(experiment.variants()).extracting(Variant::name).containsExactly("mine");
    assertThat(experiment.seeds()).containsExactly(1L);
  }

  @Test
  void stagesFollowWhatTheyReadAndMayDiffer() {
    Experiment experiment =
        read(
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
  void anUnknownObjectiveIsAProblemOfTheConfig() {
    assertThatThrownBy(() -> read("pretraining { objectives { leters = 1 } }"))
        .hasMessageContaining("pretraining.objectives")
        .hasMessageContaining("unknown objective leters; did you mean letters?");
  }

  @Test
  void pretrainingHasATrainingOfItsOwn() {
    Experiment experiment =
        read("pretraining { texts = 50, objectives { letters = 1 }, training.steps = 10 }");
    var pretraining = experiment.variants().get(0).recipe().pretraining().orElseThrow();
    assertThat(pretraining.objectives()).containsOnlyKeys("letters");
    assertThat(pretraining.training().steps()).contains(10);
    assertThat(pretraining.training().epochs()).isEqualTo(20);
    assertThat(read("pretraining = none").variants().get(0).recipe().pretraining()).isEmpty();
  }

  @Test
  void threeMistakesAreThreeLines() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    training.epoch = 3
                    features = dert
                    fusion { name = mist, heads = 8.5 }
                    """))
        .isInstanceOf(UserError.class)
        .hasMessage(
            """
            %1$s: 3 problems
              line 2  training.epoch      unknown key; did you mean training.epochs?
              line 3  features = dert     no such feature source; known: none, caption, detr, clip, resnet, vit, patches
              line 4  fusion.heads = 8.5  expected a whole number
            Put these right and run the same command again; fusebox describe shows every key."""
                .formatted(folder.resolve("mine.conf")));
  }

  @Test
  void aMistakeInEveryVariantIsToldOnceAndOneInAnOverrideIsTheCommandLines() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    fusion = mits
                    ablation { variants { a { contrl = blind }, b {} }, compare { a = c } }
                    """,
                    "training.batches.size=0"))
        .hasMessage(
            """
            %1$s: 4 problems
              line 2        fusion = mits              no such fusion; did you mean mist?; known: none, mist
              line 3        contrl                     unknown key; did you mean control?
              line 3        ablation.compare.a = c     no variant c; known: a, b
              command line  training.batches.size = 0  must be at least 1
            Put these right and run the same command again; fusebox describe shows every key."""
                .formatted(folder.resolve("mine.conf")));
  }

  @Test
  void aKeyOfTrainingThatMovedNamesItsNewPlace() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    training { learningRate = 1e-3, batch = 4 }
                    training.optimizer = adafactor
                    training.schedule = cosine
                    pipeline.answer.training.saveEvery = 5
                    """,
                    "training.beta1=0.5"))
        .hasMessage(
            """
            %s: 6 problems
              line 2        training.learningRate               moved: training.optimizer.learningRate
              line 2        training.batch                      moved: training.batches.size
              line 3        training.optimizer = adafactor      moved: training.optimizer.type = adafactor
              line 4        training.schedule = cosine          moved: training.schedule.course = cosine
              line 5        pipeline.answer.training.saveEvery  moved: pipeline.answer.training.saves.every
              command line  training.beta1                      moved: training.optimizer.beta1
            Put these right and run the same command again; fusebox describe shows every key."""
                .formatted(folder.resolve("mine.conf")));
  }

  @Test
  void anArgumentThatTheOptimizerHasNotIsSaidSo() {
    assertThat(told(() -> read("training.optimizer { type = adafactor, beta1 = 0.5 }")))
        .contains(
            "line 2  training.optimizer.beta1  adafactor has no beta1; it has learningRate,"
                + " weightDecay");
    assertThat(told(() -> read("training.optimizer.type = adam")))
        .contains("training.optimizer.type = adam  no such type; did you mean adamw?; known:");
    assertThat(told(() -> read("training.optimizer { type = adafactor, learningrate = 1 }")))
        .contains("unknown key; did you mean training.optimizer.learningRate?");
  }

  @Test
  void anotherOptimizerKeepsWhatBothHaveAndDropsTheRest() {
    Experiment experiment =
        read(
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

  @Test
  void aMistakeInAnIncludedFileNamesThatFile() {
    write("base/demo.conf", "data = demo\nmodell = tiny\npipeline.answer.format = qcm\n");
    assertThatThrownBy(() -> read(""))
        .hasMessageMatching(
            "(?s).*base/demo.conf line 2  modell +unknown key; did you mean model\\?.*")
        .hasMessageContaining("pipeline.answer.format = qcm  must be INPUT-OUTPUT by letters");
  }

  @Test
  void aStageThatWritesNoAnswerCannotGoByAccuracy() {
    assertThatThrownBy(
            () -> read("pipeline.answer { format = QCM-E, training.validation.metric = accuracy }"))
        .hasMessageContaining(
            "pipeline.answer  training.validation.metric must be loss or a rouge-l where the stage"
                + " writes no answer, as in QCM-E");
  }

  @Test
  void aFileThatIsNotThereSuggestsItsNeighbour() {
    write("quickstart.conf", "");
    assertThatThrownBy(() -> reader.read(folder.resolve("quikstart.conf"), List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file; did you mean " + folder.resolve("quickstart.conf"));
    assertThatThrownBy(() -> reader.read(write("x.conf", "include \"nope.conf\""), List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("include \"nope.conf\": no such file");
  }

  @Test
  void textThatIsNoHoconIsToldByLine() {
    assertThatThrownBy(() -> read("training { epochs = [1\n}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mine.conf: 1 problem\n  line 3");
    assertThatThrownBy(() -> read("\nmodel.checkpoint = ${nowhere}/x"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 3  Could not resolve substitution to a value: ${nowhere}");
  }

  @Test
  void trackingIsOffUnlessAnAddressIsGiven() {
    assertThat(read("").tracking())
        .isEqualTo(new TrackingSettings(Optional.empty(), Optional.empty()));
    assertThat(read("", "tracking.mlflow=http://localhost:5000").tracking().mlflow())
        .contains("http://localhost:5000");
  }

  @Test
  void mistakesInTrackingAreTold() {
    assertThatThrownBy(() -> read("tracking { mlflw = \"http://localhost:5000\" }"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unknown key; did you mean tracking.mlflow?");
    assertThatThrownBy(() -> read("tracking.mlflow = \"localhost:5000\""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("must be an address such as http://localhost:5000");
    assertThatThrownBy(() -> read("tracking = on"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a block with mlflow, experiment");
  }

  private static String told(ThrowingCallable reading) {
    Throwable error = catchThrowable(reading);
    assertThat(error).isInstanceOf(UserError.class);
    return error.getMessage();
  }

  @Test
  void namesStandAsTheyAreWritten() {
    Experiment experiment =
        read(
            """
            ablation.variants {
              "lr0.1" { training.optimizer.learningRate = 0.1 }
              "two words" {}
              größe {}
              "ユニ_1+" {}
            }
            ablation.compare { "lr0.1" = größe }
            pipeline { "first.stage" { format = QCM-E }, answer { format = QCMG-A, from = first.stage } }
            """);
    assertThat(experiment.variants())
        .extracting(Variant::name)
        .containsExactly("lr0.1", "two words", "größe", "ユニ_1+");
    assertThat(experiment.compare()).containsEntry("lr0.1", "größe");
    assertThat(experiment.variants().get(0).recipe().pipeline())
        .containsOnlyKeys("first.stage", "answer");
  }

  @Test
  void aNameWithADotAndWithoutQuotesIsToldAsItWasMeant() {
    assertThat(
            told(
                () ->
                    read(
                        """
                        ablation { variants {
                          lr0.1 { training.optimizer.learningRate = 0.1 }
                          v1.2.3 {}
                        } }
                        pipeline { stage.two { format = QCM-A } }
                        """)))
        .contains("line 3  ablation.variants.lr0.1   a name with a dot stands in quotes: \"lr0.1\"")
        .contains(
            "line 4  ablation.variants.v1.2.3  a name with a dot stands in quotes: \"v1.2.3\"");
    assertThat(told(() -> read("pipeline { stage.two { format = QCM-A } }")))
        .contains("line 2  pipeline.stage.two  a name with a dot stands in quotes: \"stage.two\"");
  }

  @Test
  void aNameThatNoFileCanHaveIsRefusedWithItsPlace() {
    assertThat(told(() -> read("ablation.variants { \"a/b\" {}, \"..\" {}, \" c\" {} }")))
        .contains("line 2  ablation.variants.\"a/b\"  a name is letters, digits")
        .contains("ablation.variants.\"..\"", "ablation.variants.\" c\"");
    assertThat(told(() -> read("pipeline { \"x/y\" { format = QCM-A } }")))
        .contains("line 2  pipeline.\"x/y\"  a name is letters");
  }

  @Test
  void aFileWhoseNameNamesNoFolderIsRefused() {
    for (String name : List.of("...conf", ".conf", "..conf")) {
      Path file = write(name, "pipeline { answer { format = QCM-A } }");
      assertThat(told(() -> reader.read(file, List.of()))).contains("is the name of its results");
    }
    Path blank = write("a b.conf", "pipeline { answer { format = QCM-A } }");
    assertThat(reader.read(blank, List.of()).variants()).extracting(Variant::name).contains("a b");
  }

  @Test
  void whatOneFileWritesTwiceIsTold() {
    assertThat(
            told(
                () ->
                    read(
                        """
                        ablation { variants {
                          a { training.steps = 3 }
                          "b" { training.steps = 4 } # a { }
                          a { training.batches.size = 2 }
                          b {}
                        } }
                        """)))
        .contains("line 5  ablation.variants.a  written twice, first in line 3")
        .contains("line 6  ablation.variants.b  written twice, first in line 4");
    assertThat(told(() -> read("pipeline { x { format = QCM-A }, x { format = QCM-E } }")))
        .contains("line 2  pipeline.x  written twice, first in line 2");
    assertThat(told(() -> read("ablation.grid { model.checkpoint = [a/t5, b/t5] }")))
        .contains("two variants are called t5");
  }

  @Test
  void aValueThatALaterLineReplacesIsANote() {
    Experiment experiment = read("training { epochs = 3 }\ntraining.epochs = 4");
    assertThat(experiment.notes())
        .singleElement()
        .asString()
        .contains("mine.conf: training.epochs is set in line 2 and again in line 3");
    assertThat(read("training.epochs = 4").notes()).as("another file's line").isEmpty();
    assertThat(read("training.epochs = 4\ntraining.epochs = ${?NOT_THERE}").notes()).isEmpty();
  }

  @Test
  void anArgumentThatAnotherOptimizerLacksDoesNotReachItsStage() {
    String text =
        """
        pretraining { training { steps = 9, optimizer { type = adafactor } } }
        pipeline { answer { format = QCM-A } }
        """;
    assertThat(read(text, "training.optimizer.beta1=0.8").notes())
        .containsExactly(
            "training.optimizer.beta1=0.8 does not reach pretraining, whose adafactor has no"
                + " beta1");
  }

  @Test
  void anOverrideThatDoesNotReachAStageIsANote() {
    String text =
        """
        pretraining { training.steps = 9 }
        pipeline { answer { format = QCM-A, training { steps = 50 } }, other { format = QCM-A } }
        """;
    assertThat(read(text, "training.steps=200").notes())
        .containsExactlyInAnyOrder(
            "training.steps=200 does not reach pipeline.answer, which keeps 50 ("
                + folder.resolve("mine.conf")
                + ":3); pipeline.answer.training.steps=200 does",
            "training.steps=200 does not reach pretraining, which keeps 9 ("
                + folder.resolve("mine.conf")
                + ":2); pretraining.training.steps=200 does");
    assertThat(read(text, "pipeline.answer.training.steps=200").notes()).isEmpty();
    assertThat(read(text, "training.epochs=2").notes())
        .contains(
            "training.epochs=2 changes nothing in pipeline.answer: training.steps = 50 decides there");
    assertThat(read("ablation.variants { a { features = detr }, b {} }", "features=clip").notes())
        .isEmpty();
  }

  @Test
  void aVariantIsNoControlOfItself() {
    assertThat(told(() -> read("ablation { variants { a {} }, compare { a = a } }")))
        .contains("line 2  ablation.compare.a = a  a variant cannot be its own control");
  }

  @Test
  void numbersOutOfRangeAreToldAsTheyWereWritten() {
    assertThat(told(() -> read("training.optimizer.learningRate = 1e400")))
        .contains(
            "training.optimizer.learningRate = 1e400  expected a number from -1.8e308 to 1.8e308");
    assertThat(told(() -> read("training.optimizer.learningRate = 1e-400")))
        .contains("training.optimizer.learningRate = 1e-400  expected a number");
    assertThat(told(() -> read("training.batches.size = 3000000000")))
        .contains("training.batches.size = 3000000000  expected a whole number from -2147483648");
    assertThat(told(() -> read("ablation.seeds = [1e30]"))).contains("seeds[0] = 1e30");
    assertThat(told(() -> read("", "ablation.jobs=100000"))).contains("must be from 0 to 1024");
  }

  @Test
  void anOverrideThatIsNoKeyIsTheCommandLines() {
    for (String override : List.of("training..steps=3", "a\"b=3", ".=1")) {
      assertThat(told(() -> read("", override))).startsWith("command line: ").contains("no key");
    }
    assertThat(told(() -> read("training..steps = 3"))).contains("mine.conf: 1 problem\n  line 2");
  }

  @Test
  void aPartOfAnAblationHasItsOwnPairs() {
    Experiment all = read("ablation { variants { a {}, b {}, c {} }, compare { b = a, c = a } }");
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
        () -> assertThat(read(text.append("}").toString()).variants()).hasSize(2000));
  }
}
