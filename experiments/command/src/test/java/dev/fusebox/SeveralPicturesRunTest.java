package dev.fusebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.file.FileHashes;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.questions.picture.ShownPictures;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.optimize.ParameterGroup;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.vision.TinyVit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Questions with one picture, three and none, from files to scores, with every fusion there is: as
 * vectors, and as pixels through a backbone that learns.
 */
class SeveralPicturesRunTest {

  private static final FusionCatalogue FUSIONS =
      FusionCatalogue.of(SeveralPicturesRunTest.class.getClassLoader());
  private static final double CLOSE = 2e-5;

  private static final List<Example> QUESTIONS =
      List.of(question("one", 5, 6, 7), question("three", 8, 9, 10), question("none", 11, 12, 13));

  @TempDir static Path folder;

  private static Example question(String id, int... words) {
    int[] source = new int[8];
    for (int i = 0; i < source.length; i++) {
      source[i] = words[i % words.length];
    }
    return new Example(id, source, new int[] {words[0], 1}, "", Optional.empty(), List.of(2, 5));
  }

  @BeforeAll
  static void draw() throws IOException {
    TinyVit.write(folder.resolve("vit"), 5);
    for (String name :
        List.of("one/image.png", "three/image.png", "three/choice_0.png", "three/choice_1.png")) {
      Path file = folder.resolve("images/train").resolve(name);
      Files.createDirectories(file.getParent());
      Random random = new Random(name.hashCode());
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 64; i++) {
        image.setRGB(i % 8, i / 8, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", file.toFile());
    }
  }

  /** As a config names them, at their defaults but for what several pictures are for. */
  static Stream<String> fusions() {
    return Stream.concat(
        FUSIONS.providers().keySet().stream(),
        Stream.of(
            "{ name = crossattn, place = before-both, sees = latest }",
            "{ name = crossattn, place = inside-encoder, sees = latest, blindText = mean }",
            "{ name = crossattn, place = before-both, frames = film, frameEmbeddings = 3 }",
            "{ name = concat, frameEmbeddings = 3 }"));
  }

  private static StageSettings stage(String fusion, String features) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"),
            """
            data = demo
            pipeline { answer.format = QCM-A }
            features { %s }
            fusion = %s
            """
                .formatted(features, fusion));
    return new ExperimentReader(FUSIONS, SeveralPicturesRunTest.class.getClassLoader())
        .read(file, List.of())
        .variants()
        .get(0)
        .recipe()
        .pipeline()
        .get("answer");
  }

  private static String patches() {
    return "source = patches, patches { picture = 8, patch = 4 }, pictures = all";
  }

  private static String pixels() {
    return "source = pixels, backbone = \"%s\", train = all, pictures = all"
        .formatted(folder.resolve("vit"));
  }

  private static PictureFeatures open(FeatureSettings features) throws IOException {
    return Pictures.open(folder, features, Control.NONE, 1, folder.resolve("cache"));
  }

  private static LoadedModel model(FusionSettings fusion, PictureFeatures pictures)
      throws IOException {
    LoadedModel loaded =
        LoadedModel.open(
            TinyFusedModel.CONFIG,
            ModelWeights.start(
                Optional.empty(),
                new Tuning.All(),
                FrozenWeights.FLOAT32,
                FileHashes.ofThisProcess()),
            fusion,
            Optional.of(pictures),
            FUSIONS,
            Device.cpu(),
            Precision.FLOAT32,
            7);
    TinyFusedModel.move(loaded.parameters());
    return loaded;
  }

  /** Scores of each question's output. */
  private static float[] scores(T5Model model, PictureFeatures pictures, List<Example> examples) {
    Batch batch = maker(pictures).make(examples);
    try (Step step = Step.inference(model.parameters().manager())) {
      return logits(model, batch, EncodedBatch.of(model, batch, Mode.INFERENCE, step), step)
          .toFloatArray();
    }
  }

  private static BatchMaker maker(PictureFeatures pictures) {
    return new BatchMaker(TinyFusedModel.CONFIG, Optional.of(pictures), Optional.empty());
  }

  private static NDArray logits(T5Model model, Batch batch, EncodedBatch reading, Step step) {
    NDArray inputs = batch.inputs().ids(step.manager());
    NDArray hidden = model.decode(inputs, reading.encoded(), reading.pass(), Mode.INFERENCE);
    return model.logits(hidden, reading.pass());
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void aQuestionIsReadTheSameBesideOthers(String fusion) throws IOException {
    for (String features : List.of(patches(), pixels())) {
      StageSettings stage = stage(fusion, features);
      PictureFeatures pictures = open(stage.features());
      try (LoadedModel loaded = model(stage.fusion(), pictures)) {
        T5Model model = loaded.model();
        float[] together = scores(model, pictures, QUESTIONS);
        int size = together.length / QUESTIONS.size();
        for (int row = 0; row < QUESTIONS.size(); row++) {
          float[] alone = scores(model, pictures, List.of(QUESTIONS.get(row)));
          assertClose(alone, Arrays.copyOfRange(together, row * size, (row + 1) * size));
        }
        PictureFeatures first = open(stage.features().showing(ShownPictures.FIRST));
        assertThat(Arrays.equals(scores(model, first, QUESTIONS), together))
            .as("the pictures of options make no difference")
            .isEqualTo(fusion.equals("alignment")); // a loss, and no part of the way to the scores
      }
    }
  }

  /** On the same weights: each makes a difference where pictures stand among the text. */
  @ParameterizedTest
  @ValueSource(
      strings = {"sees = latest", "blindText = mean", "frames = film", "frameEmbeddings = 2"})
  void whatIsForSeveralPicturesActs(String setting) throws IOException {
    String fusion = "{ name = crossattn, place = before-both%s }";
    StageSettings plain = stage(fusion.formatted(""), patches() + ", pictures = options");
    StageSettings other =
        stage(fusion.formatted(", " + setting), patches() + ", pictures = options");
    PictureFeatures pictures = open(plain.features());
    try (LoadedModel one = model(plain.fusion(), pictures);
        LoadedModel two = model(other.fusion(), pictures)) {
      float[] before = scores(one.model(), pictures, QUESTIONS);
      float[] after = scores(two.model(), pictures, QUESTIONS);
      int size = before.length / QUESTIONS.size();
      assertThat(Arrays.copyOfRange(after, 0, size))
          .as("no picture")
          .isEqualTo(Arrays.copyOfRange(before, 0, size));
      assertThat(Arrays.copyOfRange(after, size, 2 * size))
          .as("two pictures")
          .isNotEqualTo(Arrays.copyOfRange(before, size, 2 * size));
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

  /** Where the scores do not depend on pictures, a loss of the fusion's own does. */
  private static NDArray cost(T5Model model, PictureFeatures pictures, Step step) {
    Batch batch = maker(pictures).make(QUESTIONS);
    EncodedBatch reading = EncodedBatch.of(model, batch, Mode.INFERENCE, step);
    NDArray scores = logits(model, batch, reading, step);
    float[] weights = new float[(int) scores.size()];
    Random random = new Random(3);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    NDArray sum = scores.mul(step.manager().create(weights, scores.getShape())).sum();
    for (NDArray auxiliary : reading.pass().auxiliaryLosses().values()) {
      sum = sum.add(auxiliary.reshape(new Shape()));
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void theBackboneGetsTheSlopeAsItsGradient(String fusion) throws IOException {
    StageSettings stage = stage(fusion, pixels());
    PictureFeatures pictures = open(stage.features());
    try (LoadedModel loaded = model(stage.fusion(), pictures)) {
      List<ParameterGroup> learning = loaded.learning();
      List<NDArray> backbone = learning.get(learning.size() - 1).parameters().arrays();
      T5Model model = loaded.model();
      try (Step step = Step.training(model.parameters().manager())) {
        List<NDArray> gradients = model.ops().gradients(cost(model, pictures, step), backbone);
        double norm = 0;
        for (NDArray gradient : gradients) {
          norm += gradient.size() == 0 ? 0 : gradient.square().sum().getFloat();
        }
        norm = Math.sqrt(norm);
        assertThat(norm).as("of the gradient").isPositive();
        double length = 5e-3;
        double up = costAfter(model, pictures, backbone, gradients, length / norm);
        double down = costAfter(model, pictures, backbone, gradients, -2 * length / norm);
        assertThat((up - down) / (2 * length)).isCloseTo(norm, within(0.03 * norm));
      }
    }
  }

  private static double costAfter(
      T5Model model,
      PictureFeatures pictures,
      List<NDArray> parameters,
      List<NDArray> gradients,
      double factor) {
    try (Step step = Step.inference(model.parameters().manager())) {
      for (int i = 0; i < parameters.size(); i++) {
        if (gradients.get(i).size() > 0) {
          NDArray moved = parameters.get(i).add(model.ops().scale(gradients.get(i), factor));
          model.ops().assign(parameters.get(i), moved);
        }
      }
      return cost(model, pictures, step).getFloat();
    }
  }
}
