package dev.fusebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.PictureView;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Text, picture and retrieved passages as vectors, from files to scores, with every fusion there
 * is.
 */
class PassageFeaturesTest {

  private static final FusionCatalogue FUSIONS =
      FusionCatalogue.of(PassageFeaturesTest.class.getClassLoader());
  private static final double CLOSE = 2e-5;
  private static final String BOTH = "{ source = [detr, passages], passages { count = 2 } }";

  private static final String CONFIG =
      """
      data.root = "%s"
      data.limits { train = 16, validation = 4, test = 8 }
      model { shape { width = 16, headWidth = 4, heads = 4, feedForward = 32, encoderLayers = 2, decoderLayers = 2 } }
      training { steps = 3, batches.size = 4 }
      pipeline { answer { format = QCM-A, source.maxTokens = 48, target.maxTokens = 8, start = model } }
      features = %s
      fusion = %s
      """;

  @TempDir static Path folder;
  private static List<Example> examples;

  @BeforeAll
  static void generate() throws IOException {
    DemoData.write(DemoSettings.of(80, 3), folder.resolve("data"));
    List<Question> questions = Datasets.open(folder.resolve("data")).split("train");
    examples =
        List.of(
            example(first(questions, Question::picture), 5, 6, 7),
            example(first(questions, question -> !question.picture()), 8, 9, 10));
  }

  private static Question first(List<Question> questions, Predicate<Question> wanted) {
    return questions.stream().filter(wanted).findFirst().orElseThrow();
  }

  private static Example example(Question question, int... source) {
    return new Example(
        question.id(), source, new int[] {source[0], 1}, "", Optional.empty(), List.of(1, 2));
  }

  /** All providers, as a config names them. */
  static Stream<String> fusions() {
    return FUSIONS.providers().keySet().stream();
  }

  private static Recipe recipe(String features, String fusion, String more) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"),
            CONFIG.formatted(folder.resolve("data"), features, fusion) + more);
    return new ExperimentReader(FUSIONS, PassageFeaturesTest.class.getClassLoader())
        .read(file, List.of())
        .variants()
        .get(0)
        .recipe();
  }

  private static PictureFeatures open(FeatureSettings features, Control control)
      throws IOException {
    return Pictures.open(folder.resolve("data"), features, control, 1, folder.resolve("cache"));
  }

  private static float[] scores(T5Model model, PictureFeatures pictures, List<Example> asked) {
    BatchMaker maker =
        new BatchMaker(TinyFusedModel.CONFIG, Optional.of(pictures), Optional.empty());
    Batch batch = maker.make(asked);
    try (Step step = Step.inference(model.parameters().manager())) {
      EncodedBatch reading = EncodedBatch.of(model, batch, Mode.INFERENCE, step);
      NDArray hidden =
          model.decode(
              batch.inputs().ids(step.manager()),
              reading.encoded(),
              reading.pass(),
              Mode.INFERENCE);
      NDArray all = model.logits(hidden, reading.pass()).flatten();
      for (NDArray loss : reading.pass().auxiliaryLosses().values()) {
        all = all.concat(loss.reshape(new Shape(1)));
      }
      return all.toFloatArray();
    }
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void everyFusionSeesPicturesAndPassages(String fusion) throws IOException {
    StageSettings stage = recipe(BOTH, fusion, "").pipeline().get("answer");
    PictureFeatures own = open(stage.features(), Control.NONE);
    PictureFeatures blind = open(stage.features(), Control.BLIND);
    PictureFeatures shuffled = open(stage.features(), Control.SHUFFLED);
    try (LoadedModel loaded =
        LoadedModel.open(
            TinyFusedModel.CONFIG,
            ModelWeights.start(
                Optional.empty(),
                new Tuning.All(),
                FrozenWeights.FLOAT32,
                FileHashes.ofThisProcess()),
            stage.fusion(),
            Optional.of(own),
            FUSIONS,
            Device.cpu(),
            Precision.FLOAT32,
            7)) {
      TinyFusedModel.move(loaded.parameters());
      T5Model model = loaded.model();
      float[] together = scores(model, own, examples);
      assertThat(together).isNotEqualTo(scores(model, blind, examples));
      assertThat(together).isNotEqualTo(scores(model, shuffled, examples));
      if (fusion.equals("alignment")) {
        return; // its losses compare the questions of a batch
      }
      for (int row = 0; row < examples.size(); row++) {
        float[] alone = scores(model, own, List.of(examples.get(row)));
        assertClose(
            alone, Arrays.copyOfRange(together, row * alone.length, (row + 1) * alone.length));
        assertThat(alone)
            .as("a passage is seen, with a picture or without")
            .isNotEqualTo(scores(model, new WithoutPassages(own), List.of(examples.get(row))));
      }
    }
  }

  /** Pictures with zeros in the place of passages. */
  private record WithoutPassages(PictureFeatures pictures) implements PictureView {

    @Override
    public int read(String questionId, FloatBuffer into) {
      int start = into.position();
      int vectors = pictures.read(questionId, into);
      for (int vector = 0; vector < vectors; vector++) {
        int end = start + (vector + 1) * width();
        if (into.get(end - 1) == 1) {
          into.slice(end - width(), width()).put(new float[width()]);
        }
      }
      return vectors;
    }
  }

  private static void assertClose(float[] found, float[] expected) {
    double scale = 0;
    for (float number : expected) {
      scale = Math.max(scale, Math.abs(number));
    }
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(CLOSE * scale));
    }
  }

  private static RunPlan plan(Recipe recipe) throws IOException {
    OpenedFiles opened =
        new OpenedFiles(folder.resolve("cache"), new FileHashes(folder.resolve(".h"), false));
    return new RunPlanner(
            opened,
            new T5StageTrainer(FUSIONS, Device::cpu),
            new T5StagePredictor(FUSIONS, Device::cpu),
            new CodeKeys(FUSIONS))
        .plan(recipe, 1);
  }

  /** What is answered, a line for each question. */
  private static List<String> run(String features, String more) throws IOException {
    RunPlan plan = plan(recipe(features, "gated", more));
    StageStore store =
        new StageStore(folder.resolve("store"), new FileHashes(folder.resolve(".h"), false));
    for (Stage stage : plan.stages()) {
      new StageRunner(store).run(stage, StageProgress.SILENT);
    }
    return Files.readAllLines(
        store.find(plan.answer().name()).orElseThrow().path().resolve(PredictionFile.NAME));
  }

  @Test
  void aRunThatSeesThemIsTrainedAndAnswers() throws IOException {
    List<String> seen = run(BOTH, "");
    assertThat(seen).hasSize(8);
    assertThat(run(BOTH, "control = blind")).hasSize(8);
    assertThat(run(BOTH, "pipeline.answer { shots { count = 1, choice = nearest-picture } }"))
        .hasSize(8);
    assertThat(run("passages", "pipeline.answer.retrieval { passages = 1 }")).hasSize(8);
  }
}
