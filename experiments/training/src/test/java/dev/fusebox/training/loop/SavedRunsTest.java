package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TrainingTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies on disk while a run is under way, and what becomes of it when it is damaged. */
class SavedRunsTest {

  private static final int STEPS = 20;
  private static final int STOPPED = 12;

  @TempDir Path temporary;
  private Path run;
  private Path saved;
  private byte[] expected;

  /** A state after every step; a look every fourth. */
  private TrainingTask task(int keepLast, boolean keepBest) {
    return TinyTask.in(
        temporary,
        (keepBest ? halfEpochs().keepingBest() : halfEpochs()).saving(0, keepLast).build());
  }

  private static TrainingSettingsBuilder halfEpochs() {
    return TrainingSettingsBuilder.learning(STEPS, 0.01).validating(0.5);
  }

  private static void train(TrainingTask task, Path directory, StageProgress progress)
      throws IOException {
    TinyTask.trainer().train(task, directory, progress);
  }

  private void stop(TrainingTask task) {
    assertThatThrownBy(() -> train(task, run, TinyTask.stopAfter(STOPPED)))
        .isInstanceOf(StageCancelled.class);
  }

  private static byte[] weights(Path directory) throws IOException {
    return Files.readAllBytes(directory.resolve("checkpoint/model.safetensors"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(saved)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @BeforeEach
  void runUndisturbed() throws IOException {
    run = temporary.resolve("run");
    saved = run.resolve("saved");
    train(task(1, true), temporary.resolve("whole"), StageProgress.SILENT);
    expected = weights(temporary.resolve("whole"));
  }

  @Test
  void keepsTheLastStatesAndTheBestWeightsTheyTellOf() throws IOException {
    stop(task(3, false));
    assertThat(names()).containsExactly("step-00000010", "step-00000011", "step-00000012");
  }

  @Test
  void keepsTheBestWeightsThatStatesTellOfAndNoOthers() throws IOException {
    stop(task(1, true));
    long best = SavedRuns.progress(saved.resolve("step-00000012")).bestStep();
    assertThat(best).isPositive();
    assertThat(names()).containsExactly("best-%08d.safetensors".formatted(best), "step-00000012");
  }

  @Test
  void theResultIsTheWeightsOfTheBestLook() throws IOException {
    assertThatThrownBy(() -> train(task(1, true), run, TinyTask.stopAfter(STEPS)))
        .isInstanceOf(StageCancelled.class);
    long best = bestLook(temporary.resolve("whole/metrics.jsonl"));
    assertThat(names()).containsExactly("best-%08d.safetensors".formatted(best), "step-00000020");
    assertThat(Files.readAllBytes(saved.resolve(names().get(0)))).isEqualTo(expected);
    assertThat(temporary.resolve("whole/saved")).doesNotExist();
  }

  private static long bestLook(Path metrics) throws IOException {
    long step = 0;
    double least = Double.MAX_VALUE;
    for (String text : Files.readAllLines(metrics)) {
      JsonNode line = new ObjectMapper().readTree(text);
      double loss = line.path("validationLoss").asDouble(Double.MAX_VALUE);
      step = loss < least ? line.get("step").asLong() : step;
      least = Math.min(least, loss);
    }
    return step;
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "optimizer.safetensors", "progress.json"})
  void aDamagedStateIsPassedOverForTheOneBeforeIt(String file) throws IOException {
    for (boolean cut : new boolean[] {true, false}) {
      stop(task(2, true));
      damage(saved.resolve("step-00000012").resolve(file), cut);
      String warning = warningOf(() -> train(task(2, true), run, TinyTask.stopAfter(STEPS - 1)));
      assertThat(warning)
          .contains("step-00000012 is damaged: ")
          .contains(file)
          .contains("Resuming from the state before it, or from the beginning.");
      train(task(2, true), run, StageProgress.SILENT);
      assertThat(weights(run)).isEqualTo(expected);
      Files.move(run, temporary.resolve("done " + cut));
    }
  }

  /** As many bytes as before, and every header whole: only a checksum tells. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "saved/step-00000012/weights.safetensors",
        "saved/step-00000012/optimizer.safetensors",
        "saved/step-00000012/progress.json",
        "saved/step-00000012/checksums.json",
        "metrics.jsonl"
      })
  void oneChangedByteIsDamage(String file) throws IOException {
    stop(task(1, true));
    Path changed = run.resolve(file);
    byte[] content = Files.readAllBytes(changed);
    int at = file.endsWith("safetensors") ? content.length - 3 : digit(content);
    content[at] ^= 1;
    Files.write(changed, content);
    assertThat(warningOf(() -> train(task(1, true), run, StageProgress.SILENT)))
        .contains("step-00000012 is damaged: ");
    assertThat(weights(run)).isEqualTo(expected);
    assertThat(run.resolve("metrics.jsonl"))
        .hasSameBinaryContentAs(temporary.resolve("whole/metrics.jsonl"));
  }

  /** The place of the last digit. */
  private static int digit(byte[] text) {
    int at = text.length - 1;
    while (text[at] < '0' || text[at] > '9') {
      at--;
    }
    return at;
  }

  @Test
  void howStatesAreSavedChangesNoBit() throws IOException {
    TrainingTask never = TinyTask.in(temporary, halfEpochs().keepingBest().build());
    train(never, run, StageProgress.SILENT);
    assertThat(weights(run)).isEqualTo(expected);
    assertThat(run.resolve("metrics.jsonl"))
        .hasSameBinaryContentAs(temporary.resolve("whole/metrics.jsonl"));
  }

  @Test
  void whereNoStateIsWholeTheRunBeginsAnew() throws IOException {
    stop(task(1, true));
    damage(saved.resolve("step-00000012/weights.safetensors"), true);
    assertThat(warningOf(() -> train(task(1, true), run, StageProgress.SILENT)))
        .contains("step-00000012 is damaged: ")
        .contains("weights.safetensors: truncated: ");
    assertThat(weights(run)).isEqualTo(expected);
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
        .isEqualTo(Files.readAllLines(temporary.resolve("whole/metrics.jsonl")));
  }

  /** Going on from it would end in the last weights where the best were asked for. */
  @Test
  void aStateWhoseBestWeightsAreGoneIsDamaged() throws IOException {
    stop(task(1, true));
    long best = SavedRuns.progress(saved.resolve("step-00000012")).bestStep();
    Files.delete(saved.resolve("best-%08d.safetensors".formatted(best)));
    assertThat(warningOf(() -> train(task(1, true), run, StageProgress.SILENT)))
        .contains("step-00000012 is damaged: a file is missing, ")
        .contains("best-");
    assertThat(weights(run)).isEqualTo(expected);
  }

  private static void damage(Path file, boolean cut) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (cut) {
      Files.write(file, Arrays.copyOf(content, content.length - 10));
    } else {
      Files.delete(file);
    }
  }

  /** Something that may be stopped. */
  private interface Action {
    void run() throws IOException;
  }

  /** What is said to a person meanwhile. */
  private static String warningOf(Action action) throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } catch (StageCancelled e) {
      // as the action meant
    } finally {
      System.setErr(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
