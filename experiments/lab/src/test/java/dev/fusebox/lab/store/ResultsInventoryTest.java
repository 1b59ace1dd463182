package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.lab.lease.Lease;
import dev.fusebox.lab.lease.LeaseTimes;
import dev.fusebox.lab.lease.Leases;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.recipe.StageRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsInventoryTest {

  @TempDir Path results;

  @BeforeEach
  void make() throws IOException {
    for (String name : List.of("training-a", "training-b", "training-old")) {
      stage(name);
    }
    Files.createDirectories(results.resolve("stages/training-c.partial"));
    Files.writeString(results.resolve("stages/training-c.partial/saved"), "half");
    Files.createDirectories(results.resolve("stages/.locks"));
    Files.writeString(results.resolve("stages/notes.txt"), "a person's");
    experiment("mine", "k1");
    run("mine", "k1", "training-a");
    experiment("paper/main", "k2");
    run("paper/main", "k2", "training-b");
  }

  private FileHashes hashes() {
    return new FileHashes(results.resolve(".hashes"), false);
  }

  private void stage(String name) throws IOException {
    new StageStore(results.resolve("stages"), hashes())
        .computed(
            name,
            "alike",
            new ObjectMapper().createObjectNode(),
            directory -> {
              Files.writeString(directory.resolve("model"), "0123456789");
              return Map.of();
            },
            turn -> {});
  }

  private void experiment(String name, String key) throws IOException {
    Path folder = Files.createDirectories(results.resolve(name));
    new ExperimentRecord(
            name,
            "mine.conf",
            "mine.conf",
            List.of(),
            "?",
            RecordedPath.NONE,
            Map.of(),
            List.of(),
            List.of(),
            List.of(new ExperimentRecord.Cell("text", 1, 0, "text-seed1", key)))
        .write(folder);
  }

  private void run(String name, String key, String stage) throws IOException {
    new RunFolder(results.resolve(name).resolve("text-seed1"))
        .finish(
            record(name, key, stage, RunRecord.Outcome.FINISHED),
            List.of(new Prediction("1", "a", "b")),
            List.of(),
            hashes());
  }

  private static RunRecord record(
      String name, String key, String stage, RunRecord.Outcome outcome) {
    DataRecord.Part part = new DataRecord.Part("test", 0);
    return new RunRecord(
        name,
        "text",
        1,
        0,
        outcome,
        "",
        key,
        "2026-01-01T00:00:00Z",
        new RunRecord.Accuracy(50, 2, 0),
        "none",
        new DataRecord("demo", RecordedPath.NONE, "f", part, part),
        List.of(
            new StageRecord(
                "answer", StageRole.TRAINING, stage, 1, ComputedOn.UNKNOWN, "", Map.of())),
        Map.of(),
        new ObjectMapper().createObjectNode(),
        Provenance.current());
  }

  @Test
  void experimentsAndTheirStagesAreFound() throws IOException {
    ResultsInventory inventory = ResultsInventory.of(results);
    assertThat(inventory.experiments())
        .extracting(ResultsInventory.ExperimentEntry::name)
        .containsExactly("mine", "paper/main");
    assertThat(inventory.experiments().get(1).stages()).containsExactly("training-b");
    assertThat(inventory.experiments())
        .extracting(ResultsInventory.ExperimentEntry::runs)
        .containsOnly(1);
    assertThat(inventory.experiments())
        .extracting(ResultsInventory.ExperimentEntry::finished)
        .containsOnly(1);
    assertThat(inventory.open()).isEmpty();
    assertThat(inventory.stages())
        .extracting(ResultsInventory.StageEntry::name)
        .containsExactly("training-a", "training-b", "training-old");
    Path stage = results.resolve("stages/training-a");
    assertThat(inventory.stages().get(0).bytes())
        .isEqualTo(10 + Files.size(stage.resolve("stage.json")));
    assertThat(inventory.unfinished().get(0).bytes()).isEqualTo("half".length());
    assertThat(inventory.experiments().get(0).bytes())
        .isGreaterThan(Files.size(results.resolve("mine/experiment.json")));
    assertThat(inventory.unfinished())
        .extracting(ResultsInventory.StageEntry::name)
        .containsExactly("training-c.partial");
  }

  @Test
  void whatNobodyNeedsGoesAndNothingElse() throws IOException {
    ResultsInventory.of(results).prune(results);
    ResultsInventory after = ResultsInventory.of(results);
    assertThat(after.stages())
        .extracting(ResultsInventory.StageEntry::name)
        .containsExactly("training-a", "training-b");
    assertThat(after.unfinished()).hasSize(1);
    assertThat(after.unneeded()).isEmpty();
  }

  /** A stage of a run to come may be finished already, and is in no record yet. */
  @Test
  void nothingGoesWhileRunsAreToCome() throws IOException {
    experiment("mine", "another key");
    assertThatThrownBy(() -> ResultsInventory.of(results).prune(results))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mine has runs to come (1)");
    assertThat(ResultsInventory.of(results).stages()).hasSize(3);
  }

  /** It may read any stage, and what it makes is in no record yet. */
  @Test
  void nothingGoesWhileAStageIsComputed() throws IOException {
    Leases leases = new Leases(results.resolve("stages/.locks"), LeaseTimes.USUAL);
    try (Lease lease = leases.take("training-c").orElseThrow()) {
      ResultsInventory inventory = ResultsInventory.of(results);
      assertThat(inventory.made()).containsOnlyKeys("training-c");
      assertThat(inventory.hindrance(results).orElseThrow())
          .startsWith("training-c is being computed (")
          .contains(Holder.thisHost());
      assertThatThrownBy(() -> inventory.prune(results)).isInstanceOf(UserError.class);
      assertThat(ResultsInventory.of(results).stages()).hasSize(3);
      lease.requireHeld();
    }
    assertThat(ResultsInventory.of(results).hindrance(results)).isEmpty();
  }

  @Test
  void theCacheIsCountedApart() throws IOException {
    long before = ResultsInventory.of(results).cache();
    Files.createDirectories(results.resolve("cache/deep"));
    Files.writeString(results.resolve("cache/deep/tokens"), "12345");
    assertThat(ResultsInventory.of(results).cache()).isEqualTo(before + 5);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ResultsInventory.of(results.resolve("none")))
        .hasMessage(results.resolve("none") + ": there is no such folder of results");
  }

  /** Of another config, or one that failed: what lies there is not the experiment's. */
  @Test
  void aRunThatIsNotTheExperimentsNeedsNoStage() throws IOException {
    run("mine", "another key", "training-a");
    ResultsInventory inventory = ResultsInventory.of(results);
    assertThat(inventory.experiments().get(0).finished()).isZero();
    assertThat(inventory.experiments().get(0).stages()).isEmpty();
    assertThat(inventory.open())
        .extracting(ResultsInventory.ExperimentEntry::name)
        .containsExactly("mine");
    assertThat(inventory.unneeded())
        .extracting(ResultsInventory.StageEntry::name)
        .containsExactly("training-a", "training-old");
  }

  @Test
  void aFailedRunIsToCome() throws IOException {
    new RunFolder(results.resolve("mine/text-seed1"))
        .fail(record("mine", "k1", "training-a", RunRecord.Outcome.FAILED));
    ResultsInventory inventory = ResultsInventory.of(results);
    assertThat(inventory.experiments().get(0).finished()).isZero();
    assertThat(inventory.open()).hasSize(1);
  }

  @Test
  void resultsMayHaveNoStages() throws IOException {
    Path empty = Files.createDirectories(results.resolve("elsewhere/results"));
    ResultsInventory inventory = ResultsInventory.of(empty);
    assertThat(inventory.experiments()).isEmpty();
    assertThat(inventory.stages()).isEmpty();
    assertThat(inventory.unfinished()).isEmpty();
  }

  @Test
  void anExperimentsRecordIsFoundWhereItCanBeRead() throws IOException {
    Path mine = results.resolve("mine");
    assertThat(ExperimentRecord.isIn(mine)).isTrue();
    assertThat(ExperimentRecord.find(mine)).contains(ExperimentRecord.read(mine));
    assertThat(ExperimentRecord.find(mine).orElseThrow().runs()).hasSize(1);
    Files.writeString(mine.resolve(ExperimentRecord.NAME), "{}");
    assertThat(ExperimentRecord.find(mine)).as("damaged").isEmpty();
    assertThat(ExperimentRecord.isIn(results)).isFalse();
    assertThat(ExperimentRecord.find(results)).isEmpty();
  }
}
