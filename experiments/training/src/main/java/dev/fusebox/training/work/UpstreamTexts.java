package dev.fusebox.training.work;

import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What earlier stages wrote. */
final class UpstreamTexts {

  private UpstreamTexts() {}

  /** Text by question id, where there is an earlier stage. */
  static Optional<Map<String, String>> by(Optional<Stage> stage, Function<Stage, Path> inputs)
      throws IOException {
    if (stage.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> texts = new HashMap<>();
    for (Prediction line :
        PredictionFile.read(inputs.apply(stage.get()).resolve(PredictionFile.NAME))) {
      texts.put(line.id(), line.text());
    }
    return Optional.of(texts);
  }
}
