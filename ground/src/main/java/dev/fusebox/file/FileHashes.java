package dev.fusebox.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Hashes of whole files, SHA-256. A file is read through once and then known by its path, size,
 * times and inode, in this process and in later ones; where any of these is another, it is read
 * again. Safe for threads and processes.
 *
 * @since 0.1
 */
public final class FileHashes {

  /** Who writes to a file so soon again may leave it with the same time. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** The memory is written anew once it holds this many times what is known. */
  private static final int STALE = 4;

  private final Optional<Path> memory;
  private final boolean verify;
  private Map<String, Known> known;

  /**
   * Hashes that are remembered in a file.
   *
   * @param memory need not be there yet; only saves time
   * @param verify whether every file is read through once by this process, whatever is remembered
   */
  public FileHashes(Path memory, boolean verify) {
    this(Optional.of(memory), verify);
  }

  private FileHashes(Optional<Path> memory, boolean verify) {
    this.memory = memory;
    this.verify = verify;
  }

  /** Hashes that only this process remembers. */
  public static FileHashes ofThisProcess() {
    return new FileHashes(Optional.empty(), true);
  }

  /**
   * What was found of a file.
   *
   * @param state its size, times and inode then
   */
  private record Known(String state, String hash) {

    String line(String path) {
      return hash + ' ' + state + ' ' + path + '\n';
    }
  }

  /** The hash of what a file holds. */
  public String of(Path file) throws IOException {
    return of(file, SETTLED);
  }

  /** The same of a file that this process has written and nobody else writes to. */
  String ofOwn(Path file) throws IOException {
    return of(file, Duration.ZERO);
  }

  private String of(Path file, Duration settled) throws IOException {
    String path = file.toAbsolutePath().normalize().toString();
    String state = state(file);
    Known before = known(path);
    if (before != null && before.state().equals(state)) {
      return before.hash();
    }
    String hash = HashProcess.of(file);
    Instant changed = Files.getLastModifiedTime(file).toInstant();
    if (state.equals(state(file)) && !changed.plus(settled).isAfter(Instant.now())) {
      remember(path, new Known(state, hash));
    }
    return hash;
  }

  /**
   * The hash of a file, or of all files of a folder: their names and what they hold.
   *
   * @param depth how many folders deep
   * @throws UserError if there is no such file or folder
   */
  public String ofAll(Path path, int depth) throws IOException {
    if (!Files.exists(path)) {
      throw new UserError(path + ": there is no such file or folder");
    }
    SortedMap<String, Path> files = new TreeMap<>();
    for (Path file : files(path, depth)) {
      Path name = file.equals(path) ? file.getFileName() : path.relativize(file);
      files.put(name.toString().replace('\\', '/'), file);
    }
    return together(files);
  }

  /** The hash of files by their names: the names and what they hold. */
  public String together(SortedMap<String, Path> files) throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      fingerprint.add(file.getKey()).add(of(file.getValue()));
    }
    return fingerprint.hex();
  }

  private static List<Path> files(Path path, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(path, depth)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Everything that changes when somebody writes to a file. */
  private static String state(Path file) throws IOException {
    BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    Object status = unix ? Files.getAttribute(file, "unix:ctime") : basic.creationTime();
    String identity = String.valueOf(basic.fileKey()).replace(' ', '_');
    return basic.size()
        + ":"
        + nanoseconds(basic.lastModifiedTime())
        + ":"
        + nanoseconds((FileTime) status)
        + ":"
        + identity;
  }

  private static long nanoseconds(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  private synchronized Known known(String path) {
    if (known == null) {
      known = verify ? new HashMap<>() : memory.map(FileHashes::recalled).orElseGet(HashMap::new);
    }
    return known.get(path);
  }

  private synchronized void remember(String path, Known found) {
    known.put(path, found);
    if (memory.isEmpty() || path.indexOf('\n') >= 0) {
      return;
    }
    try {
      Path file = memory.get().toAbsolutePath();
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, found.line(path), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // only saves time; whoever may not write there reads again
    }
  }

  private static Map<String, Known> recalled(Path memory) {
    Map<String, Known> recalled = new HashMap<>();
    try {
      List<String> lines =
          Files.isRegularFile(memory)
              ? new ArrayList<>(List.of(Files.readString(memory).split("\n", -1)))
              : List.of();
      lines.forEach(line -> recall(line, recalled));
      if (lines.size() > 1000 && lines.size() > STALE * recalled.size()) {
        rewrite(memory, recalled);
      }
    } catch (IOException e) {
      return new HashMap<>(); // unreadable: as if nothing was known
    }
    return recalled;
  }

  /** A line that a killed process has cut is none: its hash or its state is too short. */
  private static void recall(String line, Map<String, Known> into) {
    String[] parts = line.split(" ", 3);
    if (parts.length == 3 && parts[0].length() == 64 && parts[1].split(":").length == 4) {
      into.put(parts[2], new Known(parts[1], parts[0]));
    }
  }

  private static void rewrite(Path memory, Map<String, Known> all) throws IOException {
    StringBuilder lines = new StringBuilder();
    all.forEach((path, found) -> lines.append(found.line(path)));
    WholeFile.write(
        memory, output -> output.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
