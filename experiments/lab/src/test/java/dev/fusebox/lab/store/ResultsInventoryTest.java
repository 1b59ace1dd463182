package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
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
            List.of(new ExperimentRecord.Cell("text", 1, "text-seed1", key)))
        .write(folder);
  }

  private void run(String name, String key, String stage) throws IOException {
    StageRecord record = new StageRecord("answer", StageRole.TRAINING, stage, 1, "", Map.of());
    DataRecord.Part part = new DataRecord.Part("test", 0);
    new RunFolder(results.resolve(name).resolve("text-seed1"))
        .finish(
            new RunRecord(
                name,
                "text",
                1,
                RunRecord.Outcome.FINISHED,
                "",
                key,
                "2026-01-01T00:00:00Z",
                new RunRecord.Accuracy(50, 2, 0),
                "none",
                new DataRecord("demo", RecordedPath.NONE, "f", part, part),
                List.of(record),
                Map.of(),
                new ObjectMapper().createObjectNode(),
                new ObjectMapper().createObjectNode()),
            List.of(new Prediction("1", "a", "b")),
            List.of(),
            hashes());
  }

  @Test
  void experimentsAndTheirStagesAreFound() throws IOException {
    ResultsInventory inventory = ResultsInventory.of(results);
    assertThat(inventory.experiments())
        .extracting(ResultsInventory.Experiment::name)
        .containsExactly("mine", "paper/main");
    assertThat(inventory.experiments().get(1).stages()).containsExactly("training-b");
    assertThat(inventory.stages())
        .extracting(ResultsInventory.Stage::name)
        .containsExactly("training-a", "training-b", "training-old");
    assertThat(inventory.stages().get(0).bytes()).isGreaterThan(10);
    assertThat(inventory.unfinished())
        .extracting(ResultsInventory.Stage::name)
        .containsExactly("training-c.partial");
  }

  @Test
  void whatNobodyNeedsGoesAndNothingElse() throws IOException {
    ResultsInventory.of(results).prune(results);
    ResultsInventory after = ResultsInventory.of(results);
    assertThat(after.stages())
        .extracting(ResultsInventory.Stage::name)
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

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ResultsInventory.of(results.resolve("none")))
        .hasMessage(results.resolve("none") + ": there is no such folder of results");
  }
}
