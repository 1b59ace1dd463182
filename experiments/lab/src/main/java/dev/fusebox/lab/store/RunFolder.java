package dev.fusebox.lab.store;

import dev.fusebox.file.Checksum;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.training.loop.MetricsFile;
import dev.fusebox.training.work.AttentionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run's directory in an experiment's: {@code run.json} (written last: with it the run is
 * whole), {@code predictions.jsonl}, {@code metrics.jsonl}, {@code attention.jsonl} if a fusion
 * shows where it looks, {@code evaluations.json}.
 *
 * @param path the directory
 */
public record RunFolder(Path path) {

  private static final String RECORD = "run.json";
  private static final List<String> JOINED = List.of(MetricsFile.NAME, AttentionFile.NAME);

  /**
   * The run's record, if it has come to its end.
   *
   * @throws UserError if it is damaged, or of another version
   */
  public Optional<RunRecord> record() throws IOException {
    Path file = path.resolve(RECORD);
    return Files.isRegularFile(file)
        ? Optional.of(RecordFile.read(file, RunRecord.class))
        : Optional.empty();
  }

  /** Whether a run of an experiment's folder was ever evaluated. */
  static boolean anyEvaluated(Path experiment) throws IOException {
    if (!Files.isDirectory(experiment)) {
      return false;
    }
    try (Stream<Path> folders = Files.list(experiment)) {
      return folders.anyMatch(
          folder -> EvaluationsRecord.isIn(folder) || Files.isRegularFile(folder.resolve(RECORD)));
    }
  }

  /** The same; a damaged one is none. */
  private Optional<RunRecord> readable() throws IOException {
    try {
      return record();
    } catch (UserError e) {
      return Optional.empty(); // it is about to be replaced
    }
  }

  /** What is wrong with the files a record tells of; empty if nothing is. */
  public Optional<String> damage(RunRecord record, FileHashes hashes) throws IOException {
    return Checksum.damage(path, record.files(), hashes).map(what -> path + ": " + what);
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
  public void finish(
      RunRecord record, List<Prediction> predictions, List<Path> stages, FileHashes hashes)
      throws IOException {
    Files.createDirectories(path);
    Optional<RunRecord> before = readable();
    Files.deleteIfExists(path.resolve(RECORD));
    PredictionFile.write(path.resolve(PredictionFile.NAME), predictions);
    for (String name : JOINED) {
      join(name, stages);
    }
    List<Path> files =
        Stream.concat(Stream.of(PredictionFile.NAME), JOINED.stream())
            .map(path::resolve)
            .filter(Files::isRegularFile)
            .toList();
    EvaluationsRecord.add(path, record, before);
    RecordFile.write(path.resolve(RECORD), record.withFiles(Checksum.of(path, files, hashes)));
  }

  private void join(String name, List<Path> stages) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path stage : stages) {
      if (Files.isRegularFile(stage.resolve(name))) {
        lines.append(Files.readString(stage.resolve(name)));
      }
    }
    if (lines.length() > 0) {
      JsonFiles.text(path.resolve(name), lines.toString());
    } else {
      Files.deleteIfExists(path.resolve(name));
    }
  }

  /** Replaces the run by a failed one; an earlier run's files do not stay. */
  public void fail(RunRecord record) throws IOException {
    Files.createDirectories(path);
    Files.deleteIfExists(path.resolve(PredictionFile.NAME));
    for (String name : JOINED) {
      Files.deleteIfExists(path.resolve(name));
    }
    RecordFile.write(path.resolve(RECORD), record);
  }
}
