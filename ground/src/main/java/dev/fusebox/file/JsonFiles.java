package dev.fusebox.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * JSON files, written whole or not at all.
 *
 * @since 0.1
 */
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
    WholeFile.write(file, output -> output.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads a file.
   *
   * @throws UserError if it is no JSON
   */
  public static JsonNode read(Path file) throws IOException {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (CharConversionException e) {
      throw new UserError(file + ": is no JSON (not UTF-8 text). Delete it and run again.", e);
    } catch (JsonProcessingException e) {
      throw new UserError(
          file + ": is no JSON (" + e.getOriginalMessage() + "). Delete it and run again.", e);
    }
  }
}
