package dev.fusebox.lab.store;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.fusebox.training.recipe.StageRole;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stage as a run used it.
 *
 * @param part of the config it belongs to: a stage of the pipeline by name, {@code pretraining} or
 *     {@code data}
 * @param role what it did in the run
 * @param name of its result in the store
 * @param seconds it took
 * @param computedOn where
 * @param decoding how it wrote, in words; empty where it wrote nothing
 * @param figures what its maker wanted to keep, such as how many texts were cut
 */
public record StageRecord(
    String part,
    StageRole role,
    String name,
    double seconds,
    @JacksonInject(value = Absent.PLACE, useInput = OptBoolean.TRUE) ComputedOn computedOn,
    String decoding,
    Map<String, Number> figures) {

  public StageRecord {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** What people call it. */
  public String title() {
    return role.title(part);
  }
}
