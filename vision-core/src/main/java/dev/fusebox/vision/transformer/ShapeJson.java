package dev.fusebox.vision.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Reads the keys of a {@code config.json}; every complaint begins with the key. */
record ShapeJson(JsonNode json) {

  int atLeastOne(String key) {
    JsonNode value = json.path(key);
    if (!value.isInt() || value.asInt() < 1) {
      throw new IllegalArgumentException(
          key + " must be a whole number of at least 1, found " + found(value));
    }
    return value.asInt();
  }

  int atLeastOne(String key, int absent) {
    return json.hasNonNull(key) ? atLeastOne(key) : absent;
  }

  double positive(String key, double absent) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isNumber() || value.asDouble() <= 0) {
      throw new IllegalArgumentException(key + " must be a number above 0, found " + value);
    }
    return value.asDouble();
  }

  String text(String key, String absent) {
    JsonNode value = json.path(key);
    return value.isMissingNode() || value.isNull() ? absent : value.asText();
  }

  boolean flag(String key, boolean absent) {
    return json.path(key).asBoolean(absent);
  }

  void mustBe(String key, String allowed) {
    String found = text(key, allowed);
    if (!found.equals(allowed)) {
      throw new IllegalArgumentException(key + " must be " + allowed + ", found " + found);
    }
  }

  /**
   * Makes sure that there is no other key: one that this program does not know may change numbers.
   */
  void onlyKnows(Set<String> known) {
    Set<String> others = new TreeSet<>();
    json.fieldNames().forEachRemaining(others::add);
    others.removeAll(known);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException("unknown keys: " + String.join(", ", others));
    }
  }

  private static String found(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }
}
