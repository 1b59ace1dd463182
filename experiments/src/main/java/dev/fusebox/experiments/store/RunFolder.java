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
 * whole), {@code predictions.jsonl}, {@code metrics.jsonl}.
 *
 * @param path the directory
 */
public record RunFolder(Path path) {

  private static final String RECORD = "run.json";
  private static final String METRICS = "metrics.jsonl";

  /** The run's record, if it is finished. */
  public Optional<JsonNode> record() throws IOException {
    Path file = path.resolve(RECORD);
    return Files.isRegularFile(file) ? Optional.of(JsonFiles.read(file)) : Optional.empty();
  }

  /** What the last stage wrote. */
  public List<Prediction> predictions() throws IOException {
    return PredictionFile.read(path.resolve(PredictionFile.NAME));
  }

  /** Replaces the run by a finished one. */
  public void finish(ObjectNode record, List<Prediction> predictions, List<Path> metrics)
      throws IOException {
    Files.createDirectories(path);
    Files.deleteIfExists(path.resolve(RECORD));
    PredictionFile.write(path.resolve(PredictionFile.NAME), predictions);
    StringBuilder lines = new StringBuilder();
    for (Path file : metrics) {
      if (Files.isRegularFile(file)) {
        lines.append(Files.readString(file));
      }
    }
    JsonFiles.text(path.resolve(METRICS), lines.toString());
    JsonFiles.write(path.resolve(RECORD), record);
  }

  /** Replaces the run by a failed one; an earlier run's predictions do not stay. */
  public void fail(ObjectNode record) throws IOException {
    Files.createDirectories(path);
    Files.deleteIfExists(path.resolve(PredictionFile.NAME));
    JsonFiles.write(path.resolve(RECORD), record);
  }
}
