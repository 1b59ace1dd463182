package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.Canonical;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.Split;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Settings as canonical JSON, each made once: runs share most of them, and ten thousand
 * descriptions hold the same nodes. So nobody may change one; {@link #copy} is for who would.
 */
final class SettingsJson {

  private final Map<Object, JsonNode> known = new ConcurrentHashMap<>();

  private record Questions(Split split, DataSettings data) {}

  /** Of settings whose equality is that of what they hold. */
  JsonNode of(Object settings) {
    return known.computeIfAbsent(settings, Canonical::of);
  }

  /** A plugin decides what equals its settings, so these are compared as JSON. */
  JsonNode of(FusionSettings fusion) {
    return known.computeIfAbsent(Canonical.of(fusion), JsonNode.class::cast);
  }

  /** Of the questions of a split. */
  JsonNode of(Split split, DataSettings data) {
    return known.computeIfAbsent(new Questions(split, data), any -> split.description(data));
  }

  /** Another object with the same nodes, to be changed. */
  static ObjectNode copy(JsonNode object) {
    return JsonNodeFactory.instance.objectNode().setAll((ObjectNode) object);
  }
}
