package dev.fusebox.lab.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.Checksum;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Results by key. A result is a directory; it is made once, under a lock, in a directory of another
 * name, and gets its own name when it is whole, with a checksum of each of its files. Processes may
 * share a store.
 */
public final class StageStore {

  private static final String PARTIAL = ".partial";
  private static final long TURN = 200; // milliseconds between two attempts at another's lock

  private final Path root;
  private final FileHashes hashes;

  /** A store in {@code root}, which need not be there yet. */
  public StageStore(Path root, FileHashes hashes) {
    this.root = root;
    this.hashes = hashes;
  }

  /** Makes a result. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Fills the directory; may find there what an interrupted call left.
     *
     * @return figures to keep in {@code stage.json}
     */
    Map<String, Number> make(Path directory) throws IOException;
  }

  /** Called while another process holds the lock, each time it is tried; may throw to give up. */
  @FunctionalInterface
  public interface Wait {
    /**
     * Not yet.
     *
     * @param turn counts from 0
     */
    void turn(int turn);
  }

  /** The finished result of that name, if there is one; one whose record is damaged is none. */
  public Optional<StageFolder> find(String name) throws IOException {
    return record(name).map(record -> folder(name, record));
  }

  private Optional<StageFile> record(String name) throws IOException {
    try {
      Path file = root.resolve(name).resolve(StageFile.NAME);
      return Files.isRegularFile(file) ? Optional.of(read(file, name)) : Optional.empty();
    } catch (UserError e) {
      return Optional.empty(); // damage tells what is wrong
    }
  }

  private static StageFile read(Path file, String name) throws IOException {
    StageFile record = RecordFile.read(file, StageFile.class);
    if (!record.name().equals(name)) {
      throw new UserError(file + ": belongs to another stage, " + record.name());
    }
    try {
      Instant.parse(record.finished());
    } catch (DateTimeParseException e) {
      throw new UserError(file + ": finished at no time: " + record.finished(), e);
    }
    return record;
  }

  private StageFolder folder(String name, StageFile record) {
    return new StageFolder(
        root.resolve(name),
        record.seconds(),
        Instant.parse(record.finished()),
        record.bytes(),
        record.figures());
  }

  /** Whether an interrupted call left something of that name to go on with. */
  public boolean begun(String name) {
    return Files.isDirectory(root.resolve(name + PARTIAL));
  }

  /**
   * What is wrong with the result of that name: a file of it is missing, or holds something else
   * than when it was finished. Empty if nothing is, or if there is no result.
   */
  public Optional<String> damage(String name) throws IOException {
    Path folder = root.resolve(name);
    Path file = folder.resolve(StageFile.NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Checksum.damage(folder, read(file, name).files(), hashes)
          .map(what -> folder + ": " + what);
    } catch (UserError e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * The result of that name: found, or made now. If another process is making it, waits for that. A
   * damaged one is made again.
   *
   * @param likeness what decides how long it takes; see {@link #seconds}
   * @param description goes into {@code stage.json}: what the name is the hash of
   * @param wait called while waiting
   */
  public StageFolder computed(
      String name, String likeness, JsonNode description, Maker maker, Wait wait)
      throws IOException {
    Optional<StageFolder> found = whole(name);
    if (found.isPresent()) {
      return found.get();
    }
    Path locks = Files.createDirectories(root.resolve(".locks"));
    try (FileChannel channel =
            FileChannel.open(
                locks.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel, wait)) {
      assert lock.isValid();
      Optional<StageFolder> meanwhile = whole(name);
      return meanwhile.isPresent() ? meanwhile.get() : make(name, likeness, description, maker);
    }
  }

  private Optional<StageFolder> whole(String name) throws IOException {
    return damage(name).isPresent() ? Optional.empty() : find(name);
  }

  private static FileLock lock(FileChannel channel, Wait wait) throws IOException {
    FileLock lock = channel.tryLock();
    for (int turn = 0; lock == null; turn++) {
      wait.turn(turn);
      try {
        Thread.sleep(TURN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another process computed");
      }
      lock = channel.tryLock();
    }
    return lock;
  }

  private StageFolder make(String name, String likeness, JsonNode description, Maker maker)
      throws IOException {
    Path partial = root.resolve(name + PARTIAL);
    boolean whole = isWhole(partial, name); // but for its name
    if (!whole && Files.exists(partial.resolve(StageFile.NAME))) {
      DirectoryTree.delete(partial); // it was, and is damaged: nothing to go on from
    }
    if (!whole) {
      boolean resumed = Files.isDirectory(partial);
      Files.createDirectories(partial);
      UnfinishedFiles.sweepNow(partial);
      fill(partial, resumed, name, likeness, description, maker);
    }
    Path place = root.resolve(name);
    DirectoryTree.delete(place); // without its record it is half of something; or it is damaged
    Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
    return folder(name, read(place.resolve(StageFile.NAME), name));
  }

  private boolean isWhole(Path partial, String name) throws IOException {
    Path file = partial.resolve(StageFile.NAME);
    try {
      return Files.isRegularFile(file)
          && Checksum.damage(partial, read(file, name).files(), hashes).isEmpty();
    } catch (UserError e) {
      return false;
    }
  }

  private void fill(
      Path partial,
      boolean resumed,
      String name,
      String likeness,
      JsonNode description,
      Maker maker)
      throws IOException {
    Instant start = Instant.now();
    Map<String, Number> figures = maker.make(partial);
    RecordFile.write(
        partial.resolve(StageFile.NAME),
        new StageFile(
            name,
            likeness,
            description,
            figures,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Duration.between(start, Instant.now()).toMillis() / 1000.0,
            resumed,
            Checksum.ofAll(partial, StageFile.NAME, hashes)));
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
        record(folder.getFileName().toString())
            .filter(record -> !record.resumed())
            .ifPresent(
                record ->
                    seconds
                        .computeIfAbsent(record.likeness(), key -> new ArrayList<>())
                        .add(record.seconds()));
      }
    }
    return seconds;
  }
}
