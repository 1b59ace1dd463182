package dev.fusebox.training.task;

import java.util.List;

/**
 * An answer from one of several rationales that were drawn.
 *
 * @param sample which, counted from 1
 * @param id of the question
 * @param option that is named; {@link ChangedAnswer#NONE} where none is
 * @param probabilities of all options, where they are ranked; else empty
 */
public record SampledAnswer(int sample, String id, int option, List<Double> probabilities) {

  public SampledAnswer {
    probabilities = List.copyOf(probabilities);
  }
}
