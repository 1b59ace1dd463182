package dev.fusebox.training.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.training.task.OptionProbabilities;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code options.jsonl}: a line per question of {@code id}, {@code probabilities} of its options
 * and {@code right}, the index of the right one.
 */
public final class OptionsFile {

  /** Its usual name. */
  public static final String NAME = "options.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();

  private OptionsFile() {}

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<OptionProbabilities> options) throws IOException {
    StringBuilder text = new StringBuilder();
    for (OptionProbabilities each : options) {
      ObjectNode line = LINES.createObjectNode().put("id", each.id());
      each.probabilities().forEach(line.putArray("probabilities")::add);
      text.append(LINES.writeValueAsString(line.put("right", each.right()))).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }
}
