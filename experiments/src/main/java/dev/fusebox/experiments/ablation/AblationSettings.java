package dev.fusebox.experiments.ablation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ablation}, without its variants.
 *
 * @param question in words
 * @param seeds of every variant
 * @param compare variant to its control
 */
record AblationSettings(Optional<String> question, List<Long> seeds, Map<String, String> compare) {

  AblationSettings {
    if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
      throw new IllegalArgumentException("seeds must be one or more different numbers");
    }
  }
}
