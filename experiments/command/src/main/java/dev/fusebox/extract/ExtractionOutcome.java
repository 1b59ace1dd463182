package dev.fusebox.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the pictures.
 *
 * @param rows name of a picture to its row
 * @param faults name of a picture to why it could not be read
 * @param before how many were done by an earlier process
 */
public record ExtractionOutcome(Map<String, Long> rows, Map<String, String> faults, int before) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ExtractionOutcome of(List<Entry> entries, int before) {
    Map<String, Long> rows = new LinkedHashMap<>();
    Map<String, String> faults = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.hasRow()) {
        rows.put(entry.name(), entry.row());
      }
      if (entry.isFaulty()) {
        faults.put(entry.name(), entry.fault());
      }
    }
    return new ExtractionOutcome(rows, faults, before);
  }

  /** How many rows the file has. */
  public int count() {
    return rows.size();
  }

  /**
   * Writes the name map.
   *
   * @throws UserError if another one is there and must not be replaced; rows are kept then
   */
  void writeNames(Path file, boolean force) throws IOException {
    ObjectNode names = JsonNodeFactory.instance.objectNode();
    rows.forEach(names::put);
    byte[] text = JSON.writeValueAsBytes(names);
    boolean there = Files.exists(file);
    if (there && JsonFiles.read(file).equals(JSON.readTree(text))) {
      return;
    }
    if (there && !force) {
      throw taken(file);
    }
    WholeFile.write(file, output -> output.write(text));
  }

  /**
   * Makes sure that a name map, if it is there, numbers pictures of this list in their order, none
   * but perhaps unreadable ones left out.
   *
   * @throws UserError if it is that of another feature file
   */
  static void requireFree(Path file, PictureList list) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    JsonNode names = JsonFiles.read(file);
    int row = 0;
    for (NamedPicture picture : list.pictures()) {
      if (names.has(picture.name()) && names.get(picture.name()).asInt(-1) == row) {
        row++;
      }
    }
    if (row != names.size()) {
      throw taken(file);
    }
  }

  private static UserError taken(Path file) {
    return new UserError(
        "%s already exists for other pictures; --names FILE writes another, --force replaces it"
            .formatted(file));
  }
}
