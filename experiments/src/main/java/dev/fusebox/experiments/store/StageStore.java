package dev.fusebox.experiments.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.data.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Results by key. A result is a directory; it is made once, under a lock, in a directory of another
 * name, and gets its own name when it is whole. Processes may share a store.
 */
public final class StageStore {

  private static final String RECORD = "stage.json";
  private static final String PARTIAL = ".partial";

  private final Path root;

  /** A store in {@code root}, which need not be there yet. */
  public StageStore(Path root) {
    this.root = root;
  }

  /** Makes a result. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Fills the directory; may find there what an interrupted call left.
     *
     * @return figures to keep in {@code stage.json}
     */
    JsonNode make(Path directory) throws IOException;
  }

  /** The finished result of that name, if there is one. */
  public Optional<StageFolder> find(String name) throws IOException {
    Path record = root.resolve(name).resolve(RECORD);
    return Files.isRegularFile(record) ? Optional.of(read(record)) : Optional.empty();
  }

  private static StageFolder read(Path record) throws IOException {
    JsonNode node = JsonFiles.read(record);
    return new StageFolder(
        record.getParent(),
        node.path("seconds").asDouble(),
        Instant.parse(node.path("finished").asText()),
        node.path("bytes").asLong(),
        node.path("figures"));
  }

  /** Whether an interrupted call left something of that name to go on with. */
  public boolean begun(String name) {
    return Files.isDirectory(root.resolve(name + PARTIAL));
  }

  /**
   * The result of that name: found, or made now. If another process is making it, waits for that.
   *
   * @param likeness what decides how long it takes; see {@link #seconds}
   * @param description goes into {@code stage.json}: what the name is the hash of
   */
  public StageFolder computed(String name, String likeness, JsonNode description, Maker maker)
      throws IOException {
    Optional<StageFolder> found = find(name);
    if (found.isPresent()) {
      return found.get();
    }
    Path locks = Files.createDirectories(root.resolve(".locks"));
    try (FileChannel channel =
            FileChannel.open(
                locks.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      Optional<StageFolder> meanwhile = find(name);
      return meanwhile.isPresent() ? meanwhile.get() : make(name, likeness, description, maker);
    }
  }

  private StageFolder make(String name, String likeness, JsonNode description, Maker maker)
      throws IOException {
    Path partial = root.resolve(name + PARTIAL);
    boolean resumed = Files.isDirectory(partial);
    Files.createDirectories(partial);
    WholeFile.sweepNow(partial);
    if (!Files.isRegularFile(partial.resolve(RECORD))) { // else it is whole, but for its name
      fill(partial, resumed, name, likeness, description, maker);
    }
    Path whole = root.resolve(name);
    WholeFile.deleteTree(whole); // a directory without its record is half of something
    Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
    return read(whole.resolve(RECORD));
  }

  private static void fill(
      Path partial,
      boolean resumed,
      String name,
      String likeness,
      JsonNode description,
      Maker maker)
      throws IOException {
    Instant start = Instant.now();
    JsonNode figures = maker.make(partial);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", name);
    node.put("likeness", likeness);
    node.set("description", description);
    node.set("figures", figures);
    node.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    node.put("seconds", Duration.between(start, Instant.now()).toMillis() / 1000.0);
    node.put("resumed", resumed);
    node.put("bytes", bytes(partial));
    JsonFiles.write(partial.resolve(RECORD), node);
  }

  /**
   * The seconds that finished stages took, by likeness; resumed ones, which took more, left out.
   */
  public Map<String, List<Double>> seconds() throws IOException {
    Map<String, List<Double>> seconds = new HashMap<>();
    if (!Files.isDirectory(root)) {
      return seconds;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
      for (Path folder : folders) {
        Path record = folder.resolve(RECORD);
        if (Files.isRegularFile(record) && !JsonFiles.read(record).path("resumed").asBoolean()) {
          JsonNode node = JsonFiles.read(record);
          seconds
              .computeIfAbsent(node.path("likeness").asText(), key -> new ArrayList<>())
              .add(node.path("seconds").asDouble());
        }
      }
    }
    return seconds;
  }

  /** What a result's files hold, its record left out. */
  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.equals(directory.resolve(RECORD)))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  /**
   * Checks that nothing was taken from a finished result since.
   *
   * @throws UserError if its files hold less than they did
   */
  public void check(StageFolder folder) throws IOException {
    long found = bytes(folder.path());
    if (found < folder.bytes()) {
      throw new UserError(
          "%s: its files hold %d bytes, but %d when it was finished: one is missing or cut. Put it back, or delete the folder to compute it again."
              .formatted(folder.path(), found, folder.bytes()));
    }
  }
}
