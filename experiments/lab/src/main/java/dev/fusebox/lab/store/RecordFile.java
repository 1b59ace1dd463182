package dev.fusebox.lab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The records of results as JSON files: {@link ExperimentRecord}, {@link RunRecord}, {@link
 * StageFile}. Each begins with the version of the schema and a checksum of all that follows. What a
 * program of another version has written is told, not guessed at.
 */
final class RecordFile {

  /** What this program writes and reads. */
  static final int SCHEMA = 1;

  private static final String VERSION = "schema";
  private static final String CHECKSUM = "checksum";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .injectableValues(Absent.values())
          .build();

  private RecordFile() {}

  /** Writes a record, replacing what was there. */
  static void write(Path file, Record record) throws IOException {
    ObjectNode fields = MAPPER.valueToTree(record);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(VERSION, SCHEMA);
    node.put(CHECKSUM, checksum(fields));
    node.setAll(fields);
    JsonFiles.write(file, node);
  }

  /**
   * Reads a record.
   *
   * @throws UserError if it is none, if it was changed, or if another version has written it
   */
  static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    ObjectNode fields = fields(file);
    JsonNode checksum = fields.remove(CHECKSUM);
    if (checksum == null || !checksum.asText().equals(checksum(fields))) {
      throw new UserError(file + ": was changed since it was written: its checksum differs");
    }
    try {
      return MAPPER.treeToValue(fields, type);
    } catch (JsonMappingException e) {
      throw new UserError(file + ": is not a complete record: " + e.getOriginalMessage(), e);
    }
  }

  private static ObjectNode fields(Path file) throws IOException {
    JsonNode node;
    try {
      node = MAPPER.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new UserError(file + ": is not complete JSON: " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new UserError(file + ": is not complete JSON: not UTF-8 text", e);
    }
    if (!(node instanceof ObjectNode fields)) {
      throw new UserError(file + ": expected an object, found " + shortened(node));
    }
    JsonNode version = fields.remove(VERSION);
    if (version == null) {
      throw new UserError(
          file
              + ": states no schema; either it is damaged, or a Fusebox before schema "
              + SCHEMA
              + " has written it");
    }
    if (!version.isInt() || version.intValue() != SCHEMA) {
      throw new UserError(
          "%s: has schema %s, and this Fusebox reads %d. Read it with the Fusebox that wrote it"
              .formatted(file, shortened(version), SCHEMA));
    }
    return fields;
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.isEmpty() ? "nothing" : text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  private static String checksum(ObjectNode fields) {
    return new Fingerprint().add(fields.toString()).hex();
  }
}
