package dev.fusebox.training.loop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of {@code metrics.jsonl}.
 *
 * @param step counts from 1
 * @param figures by name, in their order: whole numbers and others; NaN where training diverged
 * @param gates of a fusion by name; a line has either these or figures
 */
public record MetricsLine(long step, Map<String, Number> figures, Map<String, Number> gates) {

  public MetricsLine {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
  }

  /** A figure that is a count; 0 where it was not counted. */
  double count(String name) {
    return figures.getOrDefault(name, 0).doubleValue();
  }
}
