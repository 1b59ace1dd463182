package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.training.loop.MetricsFile;
import dev.fusebox.training.loop.MetricsLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured during training as curves: figure against step. */
final class Curves {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** More points than a screen has room for are thinned out. */
  private static final int MOST_POINTS = 400;

  private Curves() {}

  /** One curve for each stage and figure; what is not a number has no place on it. */
  static ArrayNode of(List<OfStage<MetricsLine>> lines) {
    Map<List<String>, ArrayNode> curves = new LinkedHashMap<>();
    for (OfStage<MetricsLine> each : lines) {
      each.line()
          .figures()
          .forEach(
              (figure, value) -> {
                if (Double.isFinite(value.doubleValue())
                    && !figure.equals(MetricsFile.OPERATIONS)) {
                  curves
                      .computeIfAbsent(List.of(each.stage(), figure), key -> JSON.arrayNode())
                      .add(point(each.line(), value));
                }
              });
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
  static ArrayNode gates(List<OfStage<MetricsLine>> lines) {
    Map<String, ArrayNode> gates = new LinkedHashMap<>();
    for (OfStage<MetricsLine> each : lines) {
      each.line()
          .gates()
          .forEach(
              (gate, value) ->
                  gates
                      .computeIfAbsent((each.stage() + " " + gate).strip(), key -> JSON.arrayNode())
                      .add(point(each.line(), value)));
    }
    ArrayNode all = JSON.arrayNode();
    gates.forEach(
        (name, points) -> all.addObject().put("name", name).set("points", thinned(points)));
    return all;
  }

  private static ArrayNode point(MetricsLine line, Number value) {
    ArrayNode point = JSON.arrayNode().add((double) line.step());
    return value instanceof Double ? point.add(value.doubleValue()) : point.add(value.longValue());
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
