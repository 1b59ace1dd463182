package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.FeatureSource;
import dev.fusebox.questions.picture.PassageSettings;
import dev.fusebox.questions.picture.PatchSettings;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.questions.picture.ShownPictures;
import dev.fusebox.questions.picture.TrainedLayers;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TrainingTask;
import dev.fusebox.training.write.T5StagePredictor;
import dev.fusebox.vision.FeatureExtractor;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.TinyVit;
import dev.fusebox.vision.VisionBackbones;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages that look at pictures through a backbone of their own. */
class PixelStageTest {

  private static final int STEPS = 6;
  private static final String FEATURES = "features.npy";

  @TempDir Path folder;
  private Path vit;
  private TrainingTask plain;

  @BeforeEach
  void draw() throws IOException {
    vit = TinyVit.write(folder.resolve("vit"), 5);
    plain = TinyTask.ranked(folder, settings(0)); // what it finds likely tells more than a word
    for (Example example : examples()) {
      Path file = folder.resolve("images/train").resolve(example.id()).resolve("image.png");
      Files.createDirectories(file.getParent());
      ImageIO.write(noise(example.id().hashCode()), "png", file.toFile());
    }
  }

  private List<Example> examples() {
    return Stream.of(plain.train(), plain.validation()).flatMap(List::stream).toList();
  }

  private static BufferedImage noise(long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(11, 9, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 11 * 9; i++) {
      image.setRGB(i % 11, i / 11, random.nextInt(1 << 24));
    }
    return image;
  }

  private static TrainingSettings settings(double validating) {
    return TrainingSettingsBuilder.learning(STEPS, 0.01).validating(validating).build();
  }

  private FeatureSettings pixels(String train, double factor) {
    return new FeatureSettings(
        FeatureSource.PIXELS,
        List.of(),
        false,
        List.of(),
        List.of(),
        new PatchSettings(8, 4),
        new PassageSettings(1, 8, Optional.empty()),
        ShownPictures.FIRST,
        Optional.of(vit),
        Optional.empty(),
        train.equals("none") ? Optional.empty() : Optional.of(TrainedLayers.parse(train)),
        factor);
  }

  private TrainingTask looking(FeatureSettings features, Control control, TrainingSettings training)
      throws IOException {
    return new TrainingTask(
        Optional.empty(),
        plain.model(),
        plain.tokenizer(),
        plain.fusion(),
        Optional.of(Pictures.open(folder, features, control, 3, folder.resolve("cache"))),
        plain.train(),
        plain.validation(),
        plain.maxTokens(),
        training,
        plain.seed());
  }

  private TrainingTask task(String train) throws IOException {
    return looking(pixels(train, 1), Control.NONE, settings(0.5));
  }

  private Path train(TrainingTask task, String name) throws IOException {
    Path directory = folder.resolve(name);
    TinyTask.trainer().train(task, directory, StageProgress.SILENT);
    return directory.resolve(StageTrainer.CHECKPOINT);
  }

  private Predicted predict(Path checkpoint, TrainingTask task) throws IOException {
    return new T5StagePredictor(new FusionCatalogue(List.of(new TinyTask.Added())), Device::cpu)
        .predict(
            new PredictionTask(
                checkpoint,
                task.tokenizer(),
                task.fusion(),
                task.pictures(),
                task.validation(),
                DecodingSettings.greedy(DecodingMode.RANKED, 0, 4),
                task.maxTokens(),
                false,
                1),
            StageProgress.SILENT);
  }

  /** Losses by step, of training and validation. */
  private List<Double> losses(String name) throws IOException {
    List<Double> losses = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(name).resolve("metrics.jsonl"))) {
      JsonNode json = new ObjectMapper().readTree(line);
      Stream.of("loss", "validationLoss", "gradientNorm")
          .filter(json::has)
          .forEach(key -> losses.add(json.path(key).asDouble()));
    }
    return losses;
  }

  /** What fusebox extract writes. */
  private FeatureSettings extracted() throws IOException {
    StringBuilder names = new StringBuilder("{");
    try (FeatureExtractor extractor =
            FeatureExtractor.open(
                vit,
                Readout.last(),
                VisionBackbones.of(getClass().getClassLoader()),
                backbone -> backbone.preprocessing().orElseThrow(),
                Device.cpu());
        NpyWriter rows =
            NpyWriter.floats(
                folder.resolve(FEATURES),
                examples().size(),
                extractor.patches(),
                extractor.width())) {
      for (int row = 0; row < examples().size(); row++) {
        String id = examples().get(row).id();
        Path file = folder.resolve("images/train").resolve(id).resolve("image.png");
        rows.write(
            extractor.vectors(
                extractor.preprocessing().pixels(PictureReader.read(file, Transparency.IGNORED))));
        names.append(row == 0 ? "" : ",").append('"').append(id).append("\":").append(row);
      }
    }
    Files.writeString(folder.resolve("name_map.json"), names.append('}'));
    return new FeatureSettings(
        FeatureSource.FILE,
        false,
        Optional.of(Path.of(FEATURES)),
        Optional.empty(),
        new PatchSettings(8, 4));
  }

  /** Batches of pictures round otherwise than pictures alone, so the last digit may differ. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "SHUFFLED", "BLIND"})
  void aBackboneThatDoesNotLearnIsAFeatureFile(Control control) throws IOException {
    TrainingTask looking = looking(pixels("none", 1), control, settings(0.5));
    TrainingTask reading = looking(extracted(), control, settings(0.5));
    Path seen = train(looking, "seen");
    Path read = train(reading, "read");
    List<Double> losses = losses("seen");
    assertThat(losses).hasSizeGreaterThan(2 * STEPS).hasSameSizeAs(losses("read"));
    for (int i = 0; i < losses.size(); i++) {
      assertThat(losses.get(i)).isCloseTo(losses("read").get(i), within(1e-5 * losses.get(i)));
    }
    assertThat(predict(seen, looking).predictions())
        .isEqualTo(predict(read, reading).predictions());
    assertThat(Files.exists(seen.resolve("backbone.safetensors"))).isFalse();
  }

  private static Map<String, float[]> numbers(Path file) throws IOException {
    SafetensorsFile tensors = SafetensorsFile.open(file);
    Map<String, float[]> numbers = new TreeMap<>();
    for (String name : tensors.names()) {
      numbers.put(name, tensors.floats(name));
    }
    return numbers;
  }

  @Test
  void itsLastLayersLearnAndAreKept() throws IOException {
    byte[] before = Files.readAllBytes(vit.resolve(Checkpoint.WEIGHTS));
    Path checkpoint = train(task("last:1"), "last");
    Map<String, float[]> learnt = numbers(checkpoint.resolve("backbone.safetensors"));
    Map<String, float[]> base = numbers(vit.resolve(Checkpoint.WEIGHTS));
    assertThat(learnt.keySet())
        .hasSize(18)
        .allMatch(name -> name.matches("backbone\\.(encoder\\.layer\\.1\\..*|layernorm\\..*)"));
    learnt.forEach(
        (name, values) -> {
          float[] published = base.get(name.substring("backbone.".length()));
          assertThat(values).as(name).hasSameSizeAs(published);
          if (!name.endsWith("key.bias")) { // whose gradient is 0
            assertThat(values).as(name).isNotEqualTo(published);
          }
        });
    assertThat(numbers(checkpoint.resolve(Checkpoint.WEIGHTS)).keySet())
        .noneMatch(name -> name.startsWith("backbone."));
    assertThat(Files.readAllBytes(vit.resolve(Checkpoint.WEIGHTS))).isEqualTo(before);
    JsonNode json = new ObjectMapper().readTree(checkpoint.resolve("backbone.json").toFile());
    assertThat(json.path("path").asText()).isEqualTo(vit.toString());
    assertThat(json.path("sha256").asText()).hasSize(64);
  }

  @Test
  void allOfItMayLearn() throws IOException {
    Path checkpoint = train(task("all"), "all");
    assertThat(numbers(checkpoint.resolve("backbone.safetensors")))
        .hasSameSizeAs(numbers(vit.resolve(Checkpoint.WEIGHTS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"last:2", "all"})
  void itGoesOnFromWhereItWasWithTheSameBits(String train) throws IOException {
    TrainingTask task =
        looking(
            pixels(train, 0.5),
            Control.NONE,
            TrainingSettingsBuilder.learning(STEPS, 0.01).validating(0.5).keepingBest().build());
    Path whole = train(task, "whole");
    Path cut = folder.resolve("cut");
    assertThatThrownBy(() -> TinyTask.trainer().train(task, cut, TinyTask.stopAfter(3)))
        .isInstanceOf(StageCancelled.class);
    Path resumed = train(task, "cut");
    for (String file : List.of(Checkpoint.WEIGHTS, "backbone.safetensors", "backbone.json")) {
      assertThat(Files.readAllBytes(resumed.resolve(file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(whole.resolve(file)));
    }
    assertThat(losses("cut")).isEqualTo(losses("whole"));
  }

  @Test
  void whatWasLearntIsUsedAfterwards() throws IOException {
    TrainingTask task = task("all");
    Path checkpoint = train(task, "used");
    Predicted found = predict(checkpoint, task);
    assertThat(predict(checkpoint, task("none")).options()).isEqualTo(found.options());
    Files.move(
        checkpoint.resolve("backbone.safetensors"),
        folder.resolve("elsewhere"),
        StandardCopyOption.ATOMIC_MOVE);
    assertThat(predict(checkpoint, task).options()).isNotEqualTo(found.options());
  }

  @Test
  void anotherBackboneInItsPlaceIsRefused() throws IOException {
    TrainingTask task = task("last:1");
    Path checkpoint = train(task, "other");
    TinyVit.write(vit, 6);
    assertThatThrownBy(() -> predict(checkpoint, task))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: %s is not the backbone that was trained, %s: its files have changed. Restore it, or recompute the stage"
                .formatted(checkpoint.resolve("backbone.json"), vit, vit));
  }

  @Test
  void computingSubLayersAgainChangesNoGradient() throws IOException {
    for (String train : List.of("last:1", "all")) {
      for (boolean again : List.of(false, true)) {
        BatchSettings batches = new BatchSettings(4, BatchFill.QUESTIONS, 50, 1, again);
        train(
            looking(
                pixels(train, 1),
                Control.NONE,
                TrainingSettingsBuilder.learning(3, 0.01)
                    .batching(batches)
                    .ranking(LearningGoal.RANKED)),
            train.charAt(0) + "-" + again);
      }
      List<Double> plainly = losses(train.charAt(0) + "-false");
      List<Double> again = losses(train.charAt(0) + "-true");
      for (int i = 0; i < plainly.size(); i++) {
        assertThat(again.get(i)).isCloseTo(plainly.get(i), within(1e-4 * plainly.get(i)));
      }
    }
  }

  @Test
  void itHasALearningRateOfItsOwn() throws IOException {
    Map<String, float[]> base = numbers(vit.resolve(Checkpoint.WEIGHTS));
    double fast = moved(base, train(looking(pixels("all", 1), Control.NONE, settings(0)), "fast"));
    double slow =
        moved(base, train(looking(pixels("all", 0.01), Control.NONE, settings(0)), "slow"));
    assertThat(slow).isBetween(0.001 * fast, 0.03 * fast);
  }

  private static double moved(Map<String, float[]> base, Path checkpoint) throws IOException {
    double sum = 0;
    for (Map.Entry<String, float[]> each :
        numbers(checkpoint.resolve("backbone.safetensors")).entrySet()) {
      float[] before = base.get(each.getKey().substring("backbone.".length()));
      for (int i = 0; i < before.length; i++) {
        sum += Math.abs(each.getValue()[i] - before[i]);
      }
    }
    return sum;
  }

  @Test
  void whatCannotStandThereIsRefused() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> outline(folder.resolve("gone"), "all"))
        .hasMessageStartingWith(
            "features.backbone = %s: there is no such directory".formatted(folder.resolve("gone")));
    assertThatThrownBy(() -> outline(empty, "all"))
        .hasMessageContaining(
            "features.backbone = %s: %s: no backbone takes it".formatted(empty, empty));
    assertThatThrownBy(() -> outline(vit, "last:3"))
        .hasMessageEndingWith("features.train = last:3, but 2 layers are read");
    Files.delete(vit.resolve("preprocessor_config.json"));
    assertThatThrownBy(() -> task("none"))
        .hasMessageContaining("preprocessor_config.json must lie there");
    assertThatThrownBy(() -> TrainedLayers.parse("last:0"))
        .hasMessage(
            "must be none, all, or the number of its last layers that learn, from 1, such as 2 or \"last:2\"; found last:0");
  }

  private static void outline(Path directory, String train) {
    new PictureBackbone(
            directory,
            Optional.empty(),
            Optional.of(TrainedLayers.parse(train)),
            1,
            PictureBackbone.BUILT_IN)
        .outline();
  }

  @Test
  void truncatedWeightsAreRefused() throws IOException {
    TrainingTask task = task("none");
    Path weights = vit.resolve(Checkpoint.WEIGHTS);
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> train(task, "truncated"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("features.backbone = %s: ".formatted(vit))
        .hasMessageContaining(weights.toString());
  }
}
