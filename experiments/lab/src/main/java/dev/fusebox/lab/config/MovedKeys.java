package dev.fusebox.lab.config;

import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of {@code training} that have moved, and where they are now. */
final class MovedKeys {

  private static final Pattern TRAINING = Pattern.compile("((?:.+\\.)?training\\.)([A-Za-z0-9]+)");

  /** The new place by the old name, both below {@code training}. */
  private static final Map<String, String> PLACES =
      Map.ofEntries(
          Map.entry("learningRate", "optimizer.learningRate"),
          Map.entry("beta1", "optimizer.beta1"),
          Map.entry("beta2", "optimizer.beta2"),
          Map.entry("epsilon", "optimizer.epsilon"),
          Map.entry("weightDecay", "optimizer.weightDecay"),
          Map.entry("optimizer", "optimizer.type"),
          Map.entry("schedule", "schedule.course"),
          Map.entry("warmup", "schedule.warmup"),
          Map.entry("batch", "batches.size"),
          Map.entry("fill", "batches.fill"),
          Map.entry("lengthPool", "batches.lengthPool"),
          Map.entry("accumulation", "batches.accumulation"),
          Map.entry("recompute", "batches.recompute"),
          Map.entry("evaluateEvery", "validation.every"),
          Map.entry("metric", "validation.metric"),
          Map.entry("keepBest", "validation.keepBest"),
          Map.entry("patience", "validation.patience"),
          Map.entry("saveEvery", "saves.every"),
          Map.entry("keepLast", "saves.keep"));

  private MovedKeys() {}

  /** The message for a key that no longer exists; empty if it never did. */
  static Optional<String> message(String key) {
    Matcher parts = TRAINING.matcher(key);
    return parts.matches()
        ? Optional.ofNullable(PLACES.get(parts.group(2)))
            .map(place -> "moved: " + parts.group(1) + place)
        : Optional.empty();
  }

  /** The same for a single value where a block stands today. */
  static Optional<String> message(String key, ConfigValue value) {
    return message(key).map(moved -> moved + Scalars.found(value));
  }
}
