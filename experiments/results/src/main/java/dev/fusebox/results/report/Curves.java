package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lines of {@code metrics.jsonl} as curves: figure against step. */
final class Curves {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What is not a figure but says where one was taken. */
  private static final Set<String> PLACES =
      Set.of("step", "epoch", "stage", "gates", "time", "operations");

  /** More points than a screen has room for are thinned out. */
  private static final int MOST_POINTS = 400;

  private Curves() {}

  /** One curve for each stage and figure. */
  static ArrayNode of(List<JsonNode> lines) {
    Map<List<String>, ArrayNode> curves = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      line.properties().stream()
          .filter(field -> field.getValue().isNumber() && !PLACES.contains(field.getKey()))
          .forEach(
              field ->
                  curves
                      .computeIfAbsent(
                          List.of(line.path("stage").asText(), field.getKey()),
                          key -> JSON.arrayNode())
                      .add(point(line, field.getValue())));
    }
    ArrayNode all = JSON.arrayNode();
    curves.forEach(
        (key, points) -> {
          ObjectNode curve = all.addObject();
          curve.put("stage", key.get(0));
          curve.put("metric", key.get(1));
          curve.set("points", thinned(points));
        });
    return all;
  }

  /** One curve for each gate. */
  static ArrayNode gates(List<JsonNode> lines) {
    Map<String, ArrayNode> gates = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      line.path("gates")
          .properties()
          .forEach(
              gate ->
                  gates
                      .computeIfAbsent(
                          (line.path("stage").asText() + " " + gate.getKey()).strip(),
                          key -> JSON.arrayNode())
                      .add(point(line, gate.getValue())));
    }
    ArrayNode all = JSON.arrayNode();
    gates.forEach(
        (name, points) -> all.addObject().put("name", name).set("points", thinned(points)));
    return all;
  }

  private static ArrayNode point(JsonNode line, JsonNode value) {
    JsonNode step = line.hasNonNull("step") ? line.get("step") : line.path("epoch");
    return JSON.arrayNode().add(step.asDouble()).add(value);
  }

  private static ArrayNode thinned(ArrayNode points) {
    int stride = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    ArrayNode kept = JSON.arrayNode();
    for (int i = 0; i < points.size(); i++) {
      if (i % Math.max(1, stride) == 0 || i == points.size() - 1) {
        kept.add(points.get(i));
      }
    }
    return kept;
  }
}
