package dev.fusebox.experiments.pipeline;

import dev.fusebox.experiments.data.DataSettings;
import dev.fusebox.experiments.data.Dataset;
import dev.fusebox.experiments.data.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Retrieved passages for questions. */
final class Passages {

  private Passages() {}

  /** Passages by question id; none where nothing is retrieved. */
  static Map<String, List<String>> of(
      Optional<RetrievalSettings> settings,
      Dataset dataset,
      DataSettings data,
      List<Question> questions) {
    return Map.of();
  }
}
