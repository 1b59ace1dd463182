package dev.fusebox.experiments.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.experiments.evaluate.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One run's directory in an experiment's: {@code run.json} (written last: with it the run is
 * whole), {@code predictions.jsonl}, {@code metrics.jsonl}, {@code attention.jsonl} if a fusion
 * shows where it looks.
 *
 * @param path the directory
 */
public record RunFolder(Path path) {

  private static final String RECORD = "run.json";
  private static final List<String> JOINED = List.of("metrics.jsonl", "attention.jsonl");

  /** The run's record, if it is finished. */
  public Optional<JsonNode> record() throws IOException {
    Path file = path.resolve(RECORD);
    return Files.isRegularFile(file) ? Optional.of(JsonFiles.read(file)) : Optional.empty();
  }

  /** What the last stage wrote. */
  public List<Prediction> predictions() throws IOException {
    return PredictionFile.read(path.resolve(PredictionFile.NAME));
  }

  /**
   * Replaces the run by a finished one.
   *
   * @param stages directories of the stages whose metrics and attention are the run's
   */
  public void finish(ObjectNode record, List<Prediction> predictions, List<Path> stages)
      throws IOException {
    Files.createDirectories(path);
    Files.deleteIfExists(path.resolve(RECORD));
    PredictionFile.write(path.resolve(PredictionFile.NAME), predictions);
    for (String name : JOINED) {
      join(name, stages);
    }
    JsonFiles.write(path.resolve(RECORD), record);
  }

  private void join(String name, List<Path> stages) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path stage : stages) {
      if (Files.isRegularFile(stage.resolve(name))) {
        lines.append(Files.readString(stage.resolve(name)));
      }
    }
    Files.deleteIfExists(path.resolve(name));
    if (lines.length() > 0) {
      JsonFiles.text(path.resolve(name), lines.toString());
    }
  }

  /** Replaces the run by a failed one; an earlier run's predictions do not stay. */
  public void fail(ObjectNode record) throws IOException {
    Files.createDirectories(path);
    Files.deleteIfExists(path.resolve(PredictionFile.NAME));
    JsonFiles.write(path.resolve(RECORD), record);
  }
}
