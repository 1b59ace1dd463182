package dev.fusebox.lab.store;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The records of finished stages. One is read and checked again only where its file has changed: a
 * plan asks for each several times. Some are remembered, which is all of most stores.
 */
final class StageRecords {

  /** Who writes to a file so soon again may leave it with the same time. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private static final int MOST_KEPT = 1000;

  private final Map<Path, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(State state, StageFile record) {}

  /** Everything that changes when somebody writes to a file. */
  private record State(Object identity, long size, Instant written, Object changed) {

    static State of(Path file) throws IOException {
      BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
      boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
      return new State(
          String.valueOf(basic.fileKey()),
          basic.size(),
          basic.lastModifiedTime().toInstant(),
          unix ? Files.getAttribute(file, "unix:ctime") : basic.creationTime());
    }

    boolean settled() {
      return !written.plus(SETTLED).isAfter(Instant.now());
    }
  }

  /**
   * The record in the folder of a stage.
   *
   * @throws UserError if it is damaged, or of another stage
   */
  StageFile read(Path folder, String name) throws IOException {
    Path file = folder.resolve(StageFile.NAME);
    State state = State.of(file);
    Kept before = kept.get(file);
    if (before != null && before.state().equals(state)) {
      return before.record();
    }
    StageFile record = checked(file, name);
    if (state.settled() && state.equals(State.of(file))) {
      keep(file, new Kept(state, record));
    }
    return record;
  }

  private void keep(Path file, Kept found) {
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(file, found);
  }

  private static StageFile checked(Path file, String name) throws IOException {
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
}
