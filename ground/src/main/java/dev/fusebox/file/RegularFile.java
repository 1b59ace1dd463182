package dev.fusebox.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files that have an end. A pipe waits for ever and a device gives for ever; neither is opened. A
 * file read as a whole has a bound, so that one that is not what its name says fills no memory.
 *
 * @since 0.1
 */
public final class RegularFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private RegularFile() {}

  /**
   * Returns the file if it is one, itself or by a link.
   *
   * @throws IOException if there is none, or it is a directory, a pipe or a device; the message
   *     names it
   */
  public static Path require(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      return file;
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file + ": no such file");
    }
    throw new FileFormatException(
        file,
        Files.isDirectory(file)
            ? "a directory, where a file is expected"
            : "not a regular file but a pipe or a device, which need not end; copy it to a file");
  }

  /**
   * All bytes.
   *
   * @param maximum how many bytes a file of its kind can have at most
   * @throws IOException as {@link #require}, or if it is longer
   */
  public static byte[] bytes(Path file, long maximum) throws IOException {
    long size = Files.size(require(file));
    if (size > maximum) {
      throw new FileFormatException(
          file, "it has " + size + " bytes, a file of its kind at most " + maximum);
    }
    return Files.readAllBytes(file);
  }

  /**
   * The file as one JSON value.
   *
   * @throws IOException as {@link #bytes}, or if it is no JSON; the message says where
   */
  public static JsonNode json(Path file, long maximum) throws IOException {
    try {
      return JSON.readTree(bytes(file, maximum));
    } catch (CharConversionException e) {
      throw new FileFormatException(file, "not valid JSON: not UTF-8 text");
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new FileFormatException(file, "not valid JSON" + place + ": " + e.getOriginalMessage());
    }
  }
}
