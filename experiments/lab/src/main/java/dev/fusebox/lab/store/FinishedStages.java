package dev.fusebox.lab.store;

import dev.fusebox.file.Checksum;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of a {@link StageStore} that are there, each a directory with its record.
 *
 * @param root of the store
 * @param hashes of files, to tell whether they are what they were
 * @param records that were read already
 */
record FinishedStages(Path root, FileHashes hashes, StageRecords records) {

  FinishedStages(Path root, FileHashes hashes) {
    this(root, hashes, new StageRecords());
  }

  /** The result of that name, if there is one; one whose record is damaged is none. */
  Optional<StageFolder> find(String name) throws IOException {
    return record(name).map(record -> folder(name, record));
  }

  /**
   * The result of that name.
   *
   * @throws UserError if its record is damaged
   */
  StageFolder require(String name) throws IOException {
    return folder(name, records.read(root.resolve(name), name));
  }

  /** What is wrong with the result of that name; empty if nothing is, or if there is none. */
  Optional<String> damage(String name) throws IOException {
    Path folder = root.resolve(name);
    if (!isThere(folder)) {
      return Optional.empty();
    }
    try {
      return Checksum.damage(folder, records.read(folder, name).files(), hashes)
          .map(what -> folder + ": " + what);
    } catch (UserError e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Whether a folder, wherever it is, holds the whole result of that name. */
  boolean isWhole(Path folder, String name) throws IOException {
    try {
      return isThere(folder)
          && Checksum.damage(folder, records.read(folder, name).files(), hashes).isEmpty();
    } catch (UserError e) {
      return false;
    }
  }

  /** The seconds that they took, by likeness; resumed ones, which took more, left out. */
  Map<String, List<Double>> seconds() throws IOException {
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

  private Optional<StageFile> record(String name) throws IOException {
    Path folder = root.resolve(name);
    try {
      return isThere(folder) ? Optional.of(records.read(folder, name)) : Optional.empty();
    } catch (UserError e) {
      return Optional.empty(); // damage tells what is wrong
    }
  }

  private static boolean isThere(Path folder) {
    return Files.isRegularFile(folder.resolve(StageFile.NAME));
  }

  private StageFolder folder(String name, StageFile record) {
    return new StageFolder(
        root.resolve(name),
        record.seconds(),
        record.computedOn(),
        Instant.parse(record.finished()),
        record.bytes(),
        record.figures());
  }
}
