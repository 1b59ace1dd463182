package dev.fusebox.training.loop;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.FullDisk;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import dev.fusebox.training.model.BaseModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of a run that is under way, below one directory:
 *
 * <pre>
 * step-00000120/weights.safetensors   fp32
 *               optimizer.safetensors
 *               progress.json
 *               checksums.json        of these, of the best weights, of the metrics so far
 * best-00000100.safetensors           the weights of the best look at the validation questions so far
 * base.json                           what the base model was, where one stays as it is
 * </pre>
 *
 * A state is written under another name and moved when it is whole. One that was damaged since is
 * passed over with a warning, for the one before it or for the beginning: bits come out the same.
 */
final class SavedRuns {

  private static final String UNFINISHED = ".unfinished";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String PROGRESS = "progress.json";
  private static final int FLOAT_BYTES = 4;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(SavedRuns.class);

  private final Path directory;
  private final Path metrics;
  private final int keep;
  private final boolean keepBest;

  /**
   * The states below {@code directory}.
   *
   * @param metrics the file of what was measured so far, which a state needs as it was
   * @param keep how many to keep, the last ones
   * @param keepBest whether a state needs the weights of its best look
   */
  SavedRuns(Path directory, Path metrics, int keep, boolean keepBest) {
    this.directory = directory;
    this.metrics = metrics;
    this.keep = keep;
    this.keepBest = keepBest;
  }

  /** The last whole state to go on from; damaged ones after it are removed, with a warning. */
  Optional<Path> lastWhole() throws IOException {
    clean();
    Optional<Path> last = last();
    while (last.isPresent() && isDamaged(last.get())) {
      DirectoryTree.delete(last.get());
      last = last();
    }
    clean();
    return last;
  }

  private boolean isDamaged(Path state) {
    try {
      check(state);
      return false;
    } catch (IOException e) {
      boolean missing = e instanceof NoSuchFileException || e instanceof FileNotFoundException;
      LOG.warn(
          "{} is damaged: {}. Resuming from the state before it, or from the beginning.",
          state,
          missing ? "a file is missing, " + e.getMessage() : e.getMessage());
      return true;
    }
  }

  /** Headers and lengths first, which tell more of what is wrong; then every byte. */
  private void check(Path state) throws IOException {
    Progress progress = progress(state);
    if (!state.equals(state(progress.step()))) {
      throw new IOException(state.resolve(PROGRESS) + " tells of step " + progress.step());
    }
    SafetensorsFile.open(weights(state));
    SafetensorsFile.open(optimizer(state));
    if (keepBest && progress.bestStep() > 0) {
      SafetensorsFile.open(best(progress.bestStep()));
    }
    StateChecksums.check(state, files(state, progress));
  }

  /** Everything that a state needs. */
  private List<Path> files(Path state, Progress progress) {
    List<Path> files =
        new ArrayList<>(
            List.of(weights(state), optimizer(state), state.resolve(PROGRESS), metrics));
    if (keepBest && progress.bestStep() > 0) {
      files.add(best(progress.bestStep()));
    }
    return files;
  }

  /** The last state. */
  Optional<Path> last() throws IOException {
    List<Path> states = states();
    return states.isEmpty() ? Optional.empty() : Optional.of(states.get(states.size() - 1));
  }

  /** States, the oldest first. */
  private List<Path> states() throws IOException {
    return entries().stream().filter(path -> name(path).matches("step-\\d+")).sorted().toList();
  }

  private List<Path> entries() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(path -> !name(path).equals(BaseModel.NAME)).toList();
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** How far a state is. */
  static Progress progress(Path state) throws IOException {
    Path file = state.resolve(PROGRESS);
    try {
      return JSON.readValue(file.toFile(), Progress.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private Path state(long step) {
    return directory.resolve("step-%08d".formatted(step));
  }

  /** The file of a state's weights. */
  static Path weights(Path state) {
    return state.resolve(WEIGHTS);
  }

  /** The file of a state's optimizer. */
  static Path optimizer(Path state) {
    return state.resolve(OPTIMIZER);
  }

  /**
   * Saves a state, then removes what is no longer needed.
   *
   * @param weights by name
   * @param optimizer its state by name
   * @throws UserError if it cannot be written; what was saved before is whole
   */
  void save(Progress progress, Map<String, NDArray> weights, Map<String, NDArray> optimizer)
      throws IOException {
    Path state = state(progress.step());
    if (Files.exists(state)) {
      return;
    }
    Path unfinished = directory.resolve(name(state) + UNFINISHED);
    try {
      Files.createDirectories(unfinished);
      write(unfinished.resolve(WEIGHTS), weights);
      write(unfinished.resolve(OPTIMIZER), optimizer);
      Files.write(unfinished.resolve(PROGRESS), JSON.writeValueAsBytes(progress));
      StateChecksums.write(unfinished, files(unfinished, progress));
      WholeFile.move(unfinished, state);
    } catch (IOException e) {
      DirectoryTree.delete(unfinished);
      throw notSaved(progress.step(), bytes(weights) + bytes(optimizer), e);
    }
    clean();
  }

  /** Saves the weights of the best step; {@link #save} keeps them while a state tells of them. */
  void saveBest(long step, Map<String, NDArray> weights) throws IOException {
    try {
      Files.createDirectories(directory);
      write(best(step), weights);
    } catch (IOException e) {
      throw notSaved(step, bytes(weights), e);
    }
  }

  /** Where the weights of the best step are. */
  Path best(long step) {
    return directory.resolve("best-%08d.safetensors".formatted(step));
  }

  private static void write(Path file, Map<String, NDArray> arrays) throws IOException {
    new SafetensorsWriter().addAll(arrays, ElementType.F32).write(file);
  }

  private static long bytes(Map<String, NDArray> arrays) {
    return arrays.values().stream().mapToLong(array -> array.size() * FLOAT_BYTES).sum();
  }

  private UserError notSaved(long step, long bytes, IOException cause) throws IOException {
    String before =
        last()
            .map(state -> "The state before it, " + state + ", is whole")
            .orElse("Nothing was saved before");
    return new UserError(
        "%s: the state after step %d could not be saved: %s. It takes %s, %s are free there. %s; once there is space, the same command resumes from there."
            .formatted(
                directory,
                step,
                FullDisk.reason(cause).split(":", 2)[0], // what it takes follows
                FullDisk.size(bytes),
                FullDisk.freeAt(directory),
                before),
        cause);
  }

  /**
   * Removes what was left half-written, all but the last states, and best weights none tells of.
   */
  void clean() throws IOException {
    List<Path> states = states();
    List<Path> kept = states.subList(Math.max(0, states.size() - keep), states.size());
    Set<Path> needed = new HashSet<>(kept);
    for (Path state : kept) {
      bestOf(state).ifPresent(needed::add);
    }
    for (Path entry : entries()) {
      if (!needed.contains(entry)) {
        DirectoryTree.delete(entry);
      }
    }
  }

  private Optional<Path> bestOf(Path state) {
    try {
      return Optional.of(best(progress(state).bestStep()));
    } catch (IOException e) {
      return Optional.empty(); // damaged; whoever goes on from it will say so
    }
  }

  /** Removes everything. */
  void delete() throws IOException {
    DirectoryTree.delete(directory);
  }
}
