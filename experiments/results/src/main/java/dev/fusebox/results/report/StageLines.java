package dev.fusebox.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a stage tells line by line: {@code metrics.jsonl}, {@code attention.jsonl}. */
final class StageLines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StageLines() {}

  /**
   * Reads all lines; none where there is no such file.
   *
   * @throws UserError that names the line that is no object
   */
  static List<ObjectNode> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    List<ObjectNode> read = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.isBlank()) {
        read.add(object(line, file, number));
      }
    }
    return read;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new UserError(file + ": is not as it was written: not UTF-8", e);
    }
  }

  private static ObjectNode object(String line, Path file, int number) {
    String found = "it is another kind of value";
    try {
      if (JSON.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      found = e.getOriginalMessage();
    }
    throw new UserError("%s, line %d: must be an object: %s".formatted(file, number, found));
  }
}
