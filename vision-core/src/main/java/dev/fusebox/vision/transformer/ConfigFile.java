package dev.fusebox.vision.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The {@code config.json} of a directory. */
final class ConfigFile {

  private static final long MAXIMUM_BYTES = 1 << 20;

  private ConfigFile() {}

  /** What it says; nothing where there is none, or no JSON. */
  static JsonNode peek(Path directory) {
    try {
      return Files.isRegularFile(directory.resolve(Checkpoint.CONFIG))
          ? read(directory)
          : MissingNode.getInstance();
    } catch (IOException e) {
      return MissingNode.getInstance(); // told by those who open it
    }
  }

  static JsonNode read(Path directory) throws IOException {
    return RegularFile.json(directory.resolve(Checkpoint.CONFIG), MAXIMUM_BYTES);
  }

  /** Reads something out of it; complaints get the file's name. */
  static <T> T read(Path directory, Reading<T> reading) throws IOException {
    JsonNode json = read(directory);
    try {
      return reading.of(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          directory.resolve(Checkpoint.CONFIG) + ": " + e.getMessage(), e);
    }
  }

  /** What is read out of a config. */
  @FunctionalInterface
  interface Reading<T> {
    T of(JsonNode json);
  }
}
