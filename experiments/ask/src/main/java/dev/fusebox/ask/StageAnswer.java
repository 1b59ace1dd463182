package dev.fusebox.ask;

import dev.fusebox.training.task.AttentionMap;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one stage of a run made of a question.
 *
 * @param part its name in the pipeline
 * @param text what it wrote
 * @param given whether nobody wrote it but whoever asked
 * @param cut whether the question was too long for it, and cut
 * @param gates of its fusion, by name
 * @param attention where it looked in the picture; empty if it did not look
 */
public record StageAnswer(
    String part,
    String text,
    boolean given,
    boolean cut,
    Map<String, Double> gates,
    Optional<AttentionMap> attention) {

  public StageAnswer {
    gates = Collections.unmodifiableMap(new TreeMap<>(gates));
  }

  /** A text that whoever asked has put in the stage's place. */
  static StageAnswer given(String part, String text) {
    return new StageAnswer(part, text, true, false, Map.of(), Optional.empty());
  }
}
