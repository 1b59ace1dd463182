package dev.fusebox.experiments.train;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.t5.weights.ElementType;
import dev.fusebox.t5.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The states of a run that is under way, below one directory:
 *
 * <pre>
 * step-00000120/weights.safetensors   fp32
 *               optimizer.safetensors
 *               progress.json
 * best-00000100.safetensors           the weights of the best look at the validation questions so far
 * </pre>
 *
 * A state is written under another name and moved when it is whole, so that whatever has its proper
 * name can be trusted.
 */
final class SavedRuns {

  private static final String UNFINISHED = ".unfinished";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String PROGRESS = "progress.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final int keep;

  /**
   * The states below {@code directory}.
   *
   * @param keep how many to keep, the last ones
   */
  SavedRuns(Path directory, int keep) {
    this.directory = directory;
    this.keep = keep;
  }

  /** The last whole state. */
  Optional<Path> last() throws IOException {
    List<Path> states = states();
    return states.isEmpty() ? Optional.empty() : Optional.of(states.get(states.size() - 1));
  }

  /** Whole states, the oldest first. */
  private List<Path> states() throws IOException {
    return entries().stream().filter(path -> name(path).matches("step-\\d+")).sorted().toList();
  }

  private List<Path> entries() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** How far a state is. */
  static Progress progress(Path state) throws IOException {
    return JSON.readValue(state.resolve(PROGRESS).toFile(), Progress.class);
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
    Path state = directory.resolve("step-%08d".formatted(progress.step()));
    if (Files.exists(state)) {
      return;
    }
    Path unfinished = directory.resolve(name(state) + UNFINISHED);
    try {
      Files.createDirectories(unfinished);
      write(unfinished.resolve(WEIGHTS), weights);
      write(unfinished.resolve(OPTIMIZER), optimizer);
      Files.write(unfinished.resolve(PROGRESS), JSON.writeValueAsBytes(progress));
      Files.move(unfinished, state, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteTree(unfinished);
      throw notSaved(progress.step(), e);
    }
    clean();
  }

  /** Saves the weights of the best step; {@link #save} keeps them while a state tells of them. */
  void saveBest(long step, Map<String, NDArray> weights) throws IOException {
    try {
      Files.createDirectories(directory);
      write(best(step), weights);
    } catch (IOException e) {
      throw notSaved(step, e);
    }
  }

  /** Where the weights of the best step are. */
  Path best(long step) {
    return directory.resolve("best-%08d.safetensors".formatted(step));
  }

  private static void write(Path file, Map<String, NDArray> arrays) throws IOException {
    new SafetensorsWriter().addAll(arrays, ElementType.F32).write(file);
  }

  private UserError notSaved(long step, IOException cause) throws IOException {
    String before =
        last()
            .map(state -> "The state before it, " + state + ", is whole")
            .orElse("Nothing was saved before");
    return new UserError(
        "%s: the state after step %d could not be saved: %s. %s; once there is room, the same command goes on from there."
            .formatted(directory, step, cause.getMessage(), before),
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
      needed.add(best(progress(state).bestStep()));
    }
    for (Path entry : entries()) {
      if (!needed.contains(entry)) {
        deleteTree(entry);
      }
    }
  }

  /** Removes a file, or a directory with all that is in it; does nothing if there is none. */
  static void deleteTree(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** Removes everything. */
  void delete() throws IOException {
    deleteTree(directory);
  }
}
