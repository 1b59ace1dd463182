package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.t5.tune.Lora;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code training.replicas}: the bits of accumulation, whoever computes the parts. */
class ReplicasTest {

  private static final int STEPS = 8;

  @TempDir Path folder;

  /** Batches of six, in parts, with dropout of 0.1; the best weights of three looks. */
  private static TrainingSettings settings(int parts, int replicas, boolean recompute) {
    TrainingSettings plain =
        TrainingSettingsBuilder.learning(STEPS, 0.01)
            .validating(0.8)
            .keepingBest()
            .batching(new BatchSettings(6, BatchFill.QUESTIONS, 50, parts, recompute))
            .build();
    return new TrainingSettings(
        plain.epochs(),
        plain.steps(),
        plain.optimizer(),
        plain.schedule(),
        plain.batches(),
        plain.loss(),
        plain.clip(),
        plain.labelSmoothing(),
        plain.dropout(),
        plain.pictureDropout(),
        plain.precision(),
        plain.countPadding(),
        plain.validation(),
        plain.saves(),
        replicas);
  }

  private static Devices cpus(int count) {
    return new Devices(Collections.nCopies(count, new DeviceName("cpu")));
  }

  private static StageTrainer on(Devices devices) {
    return new T5StageTrainer(new FusionCatalogue(List.of(new TinyTask.Added())), devices);
  }

  /** With a loss of the fusion's own. */
  private TrainingTask task(TrainingSettings settings) {
    return TinyTask.in(
        folder, settings, new FusionSettings("added", new TinyTask.AddedConfig(true)));
  }

  private Map<String, byte[]> train(TrainingTask task, int devices, String name)
      throws IOException {
    Path directory = folder.resolve(name);
    on(cpus(devices)).train(task, directory, StageProgress.SILENT);
    return bits(directory);
  }

  private static Map<String, byte[]> bits(Path directory) throws IOException {
    Map<String, byte[]> bits = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bits.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    assertThat(bits).containsKey("metrics.jsonl");
    return bits;
  }

  private static void assertSame(Map<String, byte[]> found, Map<String, byte[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
  }

  /**
   * Three parts on two replicas: one has two of them. Four of a batch of six: the last has none.
   */
  @ParameterizedTest
  @CsvSource({"2, 2, false", "3, 2, false", "4, 4, false", "3, 3, true"})
  void comeToTheBitsOfAccumulation(int parts, int replicas, boolean recompute) throws IOException {
    Map<String, byte[]> alone = train(task(settings(parts, 1, recompute)), 1, "alone");
    assertSame(train(task(settings(parts, replicas, recompute)), replicas, "together"), alone);
  }

  /** The first step is counted, on one thread. */
  @Test
  void learnOnAThreadEach() throws IOException {
    List<Integer> threads = new ArrayList<>();
    StageProgress counting =
        new StageProgress() {
          @Override
          public void at(long done, long total) {
            threads.add(
                (int)
                    Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("replicas"))
                        .count());
          }

          @Override
          public void say(String figures) {}

          @Override
          public boolean cancelled() {
            return false;
          }
        };
    on(cpus(3)).train(task(settings(3, 3, false)), folder.resolve("run"), counting);
    assertThat(threads.subList(0, 2)).containsOnly(0);
    assertThat(threads.subList(2, threads.size())).isNotEmpty().containsOnly(3);
  }

  /** Whoever asks for replicas alone gets as many parts. */
  @Test
  void aBatchHasAsManyPartsAsThereAreReplicas() {
    assertThat(settings(1, 3, false).batches()).isEqualTo(settings(3, 1, false).batches());
    assertThat(settings(4, 3, false).batches().accumulation()).isEqualTo(4);
    assertThatThrownBy(() -> settings(1, 7, false))
        .hasMessage("replicas must be between 1 and the batch's 6, found 7");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void goOnFromWhereTheyWereWithTheSameBits(int replicas) throws IOException {
    Map<String, byte[]> alone = train(task(settings(replicas, 1, false)), 1, "alone");
    TrainingTask task = task(settings(replicas, replicas, false));
    assertThatThrownBy(
            () ->
                on(cpus(replicas))
                    .train(task, folder.resolve("cut"), TinyTask.stopAfter(STEPS / 2)))
        .isInstanceOf(StageCancelled.class);
    assertSame(train(task, replicas, "cut"), alone);
  }

  /** A state is no replica's own: it was cut on two devices and goes on upon one, and on three. */
  @Test
  void whatWasCutOnSomeDevicesGoesOnUponOthers() throws IOException {
    Map<String, byte[]> alone = train(task(settings(3, 1, false)), 1, "alone");
    Path cut = folder.resolve("cut");
    for (int replicas = 1; replicas <= 2; replicas++) {
      TrainingTask task = task(settings(3, replicas, false));
      long stop = replicas * (long) STEPS / 3;
      assertThatThrownBy(() -> on(cpus(2)).train(task, cut, TinyTask.stopAfter(stop)))
          .isInstanceOf(StageCancelled.class);
    }
    assertSame(train(task(settings(3, 3, false)), 3, "cut"), alone);
  }

  @Test
  void learnAnAdapterOverAFrozenModel() throws IOException {
    on(cpus(1)).train(task(settings(1, 1, false)), folder.resolve("base"), StageProgress.SILENT);
    Map<String, byte[]> alone = train(adapted(settings(3, 1, false)), 1, "alone");
    Map<String, byte[]> together = train(adapted(settings(3, 3, false)), 3, "together");
    assertThat(alone).containsKey("checkpoint/adapter_model.safetensors");
    assertSame(together, alone);
  }

  private TrainingTask adapted(TrainingSettings settings) {
    TrainingTask plain = task(settings);
    return new TrainingTask(
        Optional.of(folder.resolve("base").resolve(StageTrainer.CHECKPOINT)),
        new ModelSettings(
            Optional.empty(),
            plain.model().shape(),
            Optional.empty(),
            plain.model().vocabulary(),
            List.of(),
            new Lora(2, 4, false, 0.1, List.of("q", "v", "wo")),
            FrozenWeights.BFLOAT16),
        plain.tokenizer(),
        plain.fusion(),
        plain.pictures(),
        plain.train(),
        plain.validation(),
        plain.maxTokens(),
        settings,
        plain.seed());
  }

  @Test
  void fewerDevicesThanReplicasAreRefused() {
    TrainingTask task = task(settings(3, 3, false));
    assertThatThrownBy(() -> train(task, 2, "refused"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "training.replicas = 3 needs as many devices, but device = cpu, cpu is 2: list every device to use, as in device = [gpu:0, gpu:1]");
  }
}
