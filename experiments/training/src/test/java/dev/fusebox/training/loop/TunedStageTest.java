package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.tune.Ia3;
import dev.fusebox.t5.tune.Lora;
import dev.fusebox.t5.tune.Prompt;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TrainingTask;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stages that tune a model by few numbers: what they keep, and that they go on from where they
 * were.
 */
class TunedStageTest {

  private static final int STEPS = 24;

  @TempDir Path folder;
  private Path base;

  @BeforeEach
  void trainABase() throws IOException {
    TinyTask.trainer()
        .train(
            TinyTask.in(folder, TrainingSettingsBuilder.plain(30)),
            folder.resolve("base"),
            StageProgress.SILENT);
    base = folder.resolve("base").resolve(StageTrainer.CHECKPOINT);
  }

  static Stream<Tuning> tunings() {
    return Stream.of(
        new Lora(2, 4, false, 0.1, List.of("q", "v", "wo")),
        new Ia3(List.of("k", "v", "wo"), List.of("wo")),
        new Prompt(3),
        new Tuning.None());
  }

  private TrainingTask task(Tuning tuning, FrozenWeights frozenWeights, TrainingSettings settings) {
    return on(base, tuning, frozenWeights, settings);
  }

  private TrainingTask on(
      Path start, Tuning tuning, FrozenWeights frozenWeights, TrainingSettings settings) {
    TrainingTask plain =
        TinyTask.ranked(folder, settings); // what it finds likely tells more than one word
    ModelSettings model =
        new ModelSettings(
            Optional.empty(),
            plain.model().shape(),
            Optional.empty(),
            plain.model().vocabulary(),
            List.of(),
            tuning,
            frozenWeights);
    return new TrainingTask(
        Optional.of(start),
        model,
        plain.tokenizer(),
        plain.fusion(),
        plain.pictures(),
        plain.train(),
        plain.validation(),
        plain.maxTokens(),
        settings,
        plain.seed());
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

  @ParameterizedTest
  @MethodSource("tunings")
  void keepsWhatWasLearntAndRefersToTheRest(Tuning tuning) throws IOException {
    byte[] before = Files.readAllBytes(base.resolve(Checkpoint.WEIGHTS));
    TrainingTask task = task(tuning, FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS));
    Path tuned = train(task, "tuned");
    assertThat(Files.readAllBytes(base.resolve(Checkpoint.WEIGHTS))).isEqualTo(before);
    assertThat(Checkpoint.open(tuned.resolve(Checkpoint.WEIGHTS)).names())
        .containsExactly("fusion.weight");
    assertThat(Files.exists(tuned.resolve("adapter_config.json")))
        .isEqualTo(!(tuning instanceof Tuning.None));
    assertThat(predict(tuned, task).predictions()).hasSize(task.validation().size());
    assertThat(predict(tuned, task)).isNotEqualTo(predict(base, task));
  }

  @ParameterizedTest
  @MethodSource("tunings")
  void goesOnFromWhereItWasWithTheSameBits(Tuning tuning) throws IOException {
    TrainingTask task =
        task(
            tuning,
            FrozenWeights.BFLOAT16,
            TrainingSettingsBuilder.learning(STEPS, 0.01).keepingBest().build());
    Path whole = train(task, "whole");
    Path cut = folder.resolve("cut");
    assertThatThrownBy(() -> TinyTask.trainer().train(task, cut, TinyTask.stopAfter(9)))
        .isInstanceOf(StageCancelled.class);
    Path resumed = train(task, "cut");
    for (Path file : files(whole)) {
      Path other = resumed.resolve(whole.relativize(file));
      if (!file.endsWith("base.json")) {
        assertThat(Files.readAllBytes(other))
            .as(file.toString())
            .isEqualTo(Files.readAllBytes(file));
      }
    }
    assertThat(predict(whole, task)).isEqualTo(predict(resumed, task));
  }

  /** Resumed, kept without its base, and read back: as with any other base. */
  @Test
  void learnsOverABaseInBytes() throws IOException {
    Lora lora = new Lora(2, 4, false, 0.1, List.of("q", "v", "wo"));
    TrainingTask task = task(lora, FrozenWeights.INT8, TrainingSettingsBuilder.plain(STEPS));
    Path whole = train(task, "whole");
    assertThat(Files.readString(whole.resolve("base.json"))).contains("\"weights\" : \"int8\"");
    assertThatThrownBy(
            () -> TinyTask.trainer().train(task, folder.resolve("cut"), TinyTask.stopAfter(9)))
        .isInstanceOf(StageCancelled.class);
    Path resumed = train(task, "cut");
    Path adapter = Path.of("adapter_model.safetensors");
    assertThat(resumed.resolve(adapter)).hasSameBinaryContentAs(whole.resolve(adapter));
    assertThat(predict(resumed, task)).isEqualTo(predict(whole, task));
    Path floats =
        train(task(lora, FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS)), "floats");
    assertThat(Files.mismatch(floats.resolve(adapter), whole.resolve(adapter))).isNotNegative();
  }

  /** In whatever form the base is held. */
  @ParameterizedTest
  @EnumSource
  void aBaseWithAWeightThatIsNoNumberIsRefused(FrozenWeights held) throws IOException {
    String matrix = "encoder.block.0.layer.0.SelfAttention.v.weight";
    long place = Checkpoint.open(base).tensor(matrix).offset();
    try (RandomAccessFile file =
        new RandomAccessFile(base.resolve(Checkpoint.WEIGHTS).toFile(), "rw")) {
      file.seek(place);
      file.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(Float.NaN)));
    }
    TrainingTask task =
        task(new Lora(2, 4, false, 0, List.of("q")), held, TrainingSettingsBuilder.plain(STEPS));
    assertThatThrownBy(() -> train(task, "broken"))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("weights must be finite numbers, found NaN or infinity in " + matrix);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Results lie in one folder, which may be moved. */
  @Test
  void isFoundWhereTheResultsWereMovedTo() throws IOException {
    Lora lora = new Lora(2, 4, false, 0, List.of("q"));
    TrainingTask task = task(lora, FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS));
    Path tuned = train(task, "tuned");
    Predicted before = predict(tuned, task);
    Path moved = Files.createDirectories(folder.resolve("elsewhere"));
    for (String name : List.of("base", "tuned")) {
      Files.move(folder.resolve(name), moved.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
    Path there = moved.resolve("tuned").resolve(StageTrainer.CHECKPOINT);
    assertThat(predict(there, task)).isEqualTo(before);
    DirectoryTree.delete(moved.resolve("base"));
    assertThatThrownBy(() -> predict(there, task))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("base.json")
        .hasMessageEndingWith("no longer at " + moved.resolve("base/checkpoint"));
  }

  @Test
  void anotherModelInItsPlaceIsNoticed() throws IOException {
    Lora lora = new Lora(2, 4, false, 0, List.of("q"));
    TrainingTask task = task(lora, FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS));
    Path tuned = train(task, "tuned");
    SafetensorsFile.open(base.resolve(Checkpoint.WEIGHTS));
    Files.copy(
        tuned.resolve("adapter_model.safetensors"),
        base.resolve(Checkpoint.WEIGHTS),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> predict(tuned, task))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not the base model of")
        .hasMessageContaining(base.toString());
  }

  private void changeANumberOf(Path model) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(model);
    try (RandomAccessFile file =
        new RandomAccessFile(model.resolve(Checkpoint.WEIGHTS).toFile(), "rw")) {
      file.seek(checkpoint.tensor("encoder.block.0.layer.0.SelfAttention.v.weight").offset());
      file.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(0.125f)));
    }
  }

  private static String changed(Path base, Path tuned) {
    return base
        + " is not the base model of "
        + tuned
        + ": its files have changed (names, shapes and types of the tensors are the same, the SHA-256 of the files is not). Restore that model, or recompute the stage";
  }

  @Test
  void anotherModelOfTheSameShapesIsNoticed() throws IOException {
    Lora lora = new Lora(2, 4, false, 0, List.of("q"));
    TrainingTask task = task(lora, FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS));
    Path tuned = train(task, "tuned");
    changeANumberOf(base);
    assertThatThrownBy(() -> predict(tuned, task))
        .isInstanceOf(UserError.class)
        .hasMessage(changed(base, tuned));
  }

  @Test
  void nothingResumesOverAnotherModelOfTheSameShapes() throws IOException {
    Lora lora = new Lora(2, 4, false, 0, List.of("q"));
    TrainingTask task = task(lora, FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS));
    assertThatThrownBy(
            () -> TinyTask.trainer().train(task, folder.resolve("cut"), TinyTask.stopAfter(9)))
        .isInstanceOf(StageCancelled.class);
    changeANumberOf(base);
    assertThatThrownBy(() -> train(task, "cut"))
        .isInstanceOf(UserError.class)
        .hasMessage(changed(base, folder.resolve("cut/saved")));
  }

  /** What an earlier version left tells less, and is read still. */
  @Test
  void aRecordWithoutAHashIsComparedByShapesAlone() throws IOException {
    Lora lora = new Lora(2, 4, false, 0, List.of("q"));
    TrainingTask task = task(lora, FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS));
    Path tuned = train(task, "tuned");
    Predicted before = predict(tuned, task);
    Path record = tuned.resolve("base.json");
    Files.writeString(
        record, Files.readString(record).replaceFirst("\\s*\"sha256\" : \"[0-9a-f]{64}\",", ""));
    assertThat(Files.readString(record)).doesNotContain("sha256");
    assertThat(predict(tuned, task)).isEqualTo(before);
  }

  @Test
  void nothingStartsFromWhatWasLearntAlone() throws IOException {
    Lora lora = new Lora(2, 4, false, 0, List.of("q"));
    Path tuned =
        train(task(lora, FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS)), "tuned");
    TrainingTask next =
        on(tuned, new Tuning.All(), FrozenWeights.FLOAT32, TrainingSettingsBuilder.plain(STEPS));
    assertThatThrownBy(() -> train(next, "next"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("convert --merge");
  }
}
