package dev.fusebox.training.objective;

import java.util.List;
import java.util.Optional;

/**
 * What is read and what should be written, as token ids, each with the end mark.
 *
 * @param source token ids
 * @param target token ids
 * @param picture the question whose picture is seen, by id; empty where none is
 */
public record PretrainingExample(
    List<Integer> source, List<Integer> target, Optional<String> picture) {

  public PretrainingExample {
    source = List.copyOf(source);
    target = List.copyOf(target);
  }

  /** Text alone. */
  PretrainingExample(List<Integer> source, List<Integer> target) {
    this(source, target, Optional.empty());
  }
}
