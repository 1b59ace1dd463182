package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.lease.Lease;
import dev.fusebox.lab.lease.LeaseTimes;
import dev.fusebox.lab.lease.Leases;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRunnerTest {

  private static final Stage DATA =
      stage(
          "data",
          List.of(),
          (directory, inputs, progress) -> {
            Files.writeString(directory.resolve("words.txt"), "a b c");
            return Map.of("questions", 3);
          });

  /** Reads what its input made, and says how far it is. */
  private static final Stage MODEL =
      stage(
          "model",
          List.of(DATA),
          (directory, inputs, progress) -> {
            progress.say("reads");
            Files.copy(inputs.apply(DATA).resolve("words.txt"), directory.resolve("learnt.txt"));
            return Map.of("stopped", progress.cancelled() ? 1 : 0);
          });

  private static Stage stage(String part, List<Stage> inputs, Stage.Work work) {
    return new Stage(
        StageKind.TRAINING,
        part,
        StageRole.TRAINING,
        JsonNodeFactory.instance.textNode(part),
        inputs,
        "alike " + part,
        work);
  }

  /** Writes down what it hears, and stops where it is told to. */
  private record Heard(List<String> words, boolean cancelled) implements StageProgress {

    @Override
    public void at(long done, long total) {}

    @Override
    public void say(String figures) {
      words.add(figures);
    }
  }

  @TempDir private Path root;
  private StageStore store;
  private StageRunner runner;
  private final Heard progress = new Heard(new ArrayList<>(), false);

  @BeforeEach
  void open() {
    store = new StageStore(root, new FileHashes(root.resolve(".hashes"), false));
    runner = new StageRunner(store);
  }

  @Test
  void aStageReadsWhatItsInputsMadeAndIsMadeOnce() throws IOException {
    assertThat(runner.run(DATA, progress).figures()).isEqualTo(Map.of("questions", 3));
    StageFolder made = runner.run(MODEL, progress);
    assertThat(made.path()).isEqualTo(root.resolve(MODEL.name()));
    assertThat(made.path().resolve("learnt.txt")).hasContent("a b c");
    assertThat(runner.run(MODEL, progress)).isEqualTo(made);
    assertThat(progress.words()).containsExactly("reads");
    assertThat(store.seconds()).containsOnlyKeys("alike data", "alike model");
  }

  @Test
  void whoeverAttemptsItIsToldOfTheBeginningOnlyIfItBegins() throws IOException {
    List<String> begun = new ArrayList<>();
    runner.run(DATA, progress);
    for (int i = 0; i < 2; i++) {
      StageFolder made =
          runner
              .attempt(
                  MODEL,
                  () -> {
                    begun.add("begins");
                    return progress;
                  })
              .orElseThrow();
      assertThat(made.figures()).isEqualTo(Map.of("stopped", 0));
    }
    assertThat(begun).hasSize(1);
    assertThat(progress.words()).containsExactly("reads");
  }

  @Test
  void aStageWithoutItsInputsIsAFault() {
    assertThatThrownBy(() -> runner.run(MODEL, progress))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(DATA + " has no result yet");
  }

  @Test
  void whoWaitsForAnotherSaysSoAndMayBeStopped() throws IOException {
    try (Lease other =
        new Leases(root.resolve(".locks"), LeaseTimes.USUAL).take(DATA.name()).orElseThrow()) {
      Heard stopped = new Heard(new ArrayList<>(), true);
      assertThatThrownBy(() -> runner.run(DATA, stopped)).isInstanceOf(StageCancelled.class);
      assertThat(stopped.words()).containsExactly("waits for another process");
      assertThat(runner.attempt(DATA, () -> progress)).as("without waiting").isEmpty();
      other.requireHeld();
    }
  }

  /** What is said once is not said again at every turn. */
  @Test
  void whoeverWaitsGetsTheResultInTheEnd() throws IOException {
    Lease other =
        new Leases(root.resolve(".locks"), LeaseTimes.USUAL).take(DATA.name()).orElseThrow();
    List<String> words = new ArrayList<>();
    StageProgress patient =
        new StageProgress() {
          private int asked;

          @Override
          public void at(long done, long total) {}

          @Override
          public void say(String figures) {
            words.add(figures);
          }

          @Override
          public boolean cancelled() {
            if (asked++ == 1) {
              give(other);
            }
            return false;
          }
        };
    assertThat(runner.run(DATA, patient).figures()).isEqualTo(Map.of("questions", 3));
    assertThat(words).containsExactly("waits for another process");
  }

  private static void give(Lease lease) {
    try {
      lease.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
