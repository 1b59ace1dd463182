package dev.fusebox.training.recipe;

import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionChange;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code test}: what a trained run is asked besides the test questions as they are, to see what its
 * answers rest on.
 *
 * @param change each a way to ask the test questions otherwise
 * @param crossed of how many test questions with a picture every text is asked beside every
 *     picture; 0: of none
 * @param samples how many rationales are drawn for each test question and answered from; 0: none
 * @param sampling how they are drawn
 * @param every each a thing that is done to the test questions in every way that there is
 * @param transfer other data, whose questions it is asked too, by the name that tables give them
 */
public record TestSettings(
    List<QuestionChange> change,
    int crossed,
    int samples,
    SamplingSettings sampling,
    List<EveryVersion> every,
    Map<String, TransferSettings> transfer) {

  /** The questions as they are, and nothing else. */
  public static final TestSettings NONE =
      new TestSettings(List.of(), 0, 0, new SamplingSettings(1, 0, 1), List.of(), Map.of());

  public TestSettings {
    change = List.copyOf(change);
    every = List.copyOf(every);
    transfer = Collections.unmodifiableMap(new LinkedHashMap<>(transfer));
    Rules.require(new HashSet<>(change).size() == change.size(), "change must not repeat a change");
    Rules.require(new HashSet<>(every).size() == every.size(), "every must not repeat an entry");
    Rules.require(
        crossed == 0 || crossed >= 2,
        "crossed must be 0 or at least 2 questions, found " + crossed);
    Rules.require(
        samples == 0 || samples >= 2, "samples must be 0 or at least 2, found " + samples);
  }
}
