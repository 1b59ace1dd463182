package dev.fusebox.lab.store;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.Checksum;
import java.util.Map;

/**
 * {@code stage.json}: a finished stage's own record, the same for all runs that use it.
 *
 * @param name its folder's
 * @param likeness a hash of what decides how long it takes
 * @param description what the name is the hash of
 * @param figures what its maker wanted to keep
 * @param finished when, as ISO 8601 has it
 * @param seconds it took
 * @param computedOn where; not in the name
 * @param resumed whether it was interrupted in between
 * @param files the checksums of its files, by their names in the folder
 */
record StageFile(
    String name,
    String likeness,
    JsonNode description,
    Map<String, Number> figures,
    String finished,
    double seconds,
    @JacksonInject(value = Absent.PLACE, useInput = OptBoolean.TRUE) ComputedOn computedOn,
    boolean resumed,
    Map<String, Checksum> files) {

  /** The file's name. */
  static final String NAME = "stage.json";

  /** What its files hold together. */
  long bytes() {
    return files.values().stream().mapToLong(Checksum::bytes).sum();
  }
}
