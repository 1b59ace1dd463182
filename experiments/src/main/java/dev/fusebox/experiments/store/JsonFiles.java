package dev.fusebox.experiments.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.fusebox.experiments.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** JSON files, written whole or not at all. */
public final class JsonFiles {

  /** Shared: thread-safe once configured. */
  static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonFiles() {}

  /** Writes {@code node}, replacing what was there. */
  public static void write(Path file, JsonNode node) throws IOException {
    text(file, MAPPER.writeValueAsString(node) + "\n");
  }

  /** Writes text through a temporary file beside {@code file}. */
  public static void text(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a file.
   *
   * @throws UserError if it is no JSON
   */
  public static JsonNode read(Path file) throws IOException {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new UserError(
          file + ": is no JSON (" + e.getOriginalMessage() + "). Delete it and run again.", e);
    }
  }
}
