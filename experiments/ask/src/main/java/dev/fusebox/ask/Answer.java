package dev.fusebox.ask;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a run answers.
 *
 * @param run its name
 * @param stages in their order, the one that answers last
 * @param option the one that is named, counted from 0; empty if none is
 * @param probabilities one for each option; empty where the run writes no answer
 * @param scored what the probabilities are of, for people
 * @param notes what a reader must know, a line each
 */
public record Answer(
    String run,
    List<StageAnswer> stages,
    OptionalInt option,
    List<Double> probabilities,
    String scored,
    List<String> notes) {

  public Answer {
    stages = List.copyOf(stages);
    probabilities = List.copyOf(probabilities);
    notes = List.copyOf(notes);
  }

  /** What the last stage wrote. */
  public String text() {
    return last().text();
  }

  /** The stage that answers. */
  public StageAnswer last() {
    return stages.get(stages.size() - 1);
  }

  /** The stages before that: what was reasoned before the answer. */
  public List<StageAnswer> rationales() {
    return stages.subList(0, stages.size() - 1);
  }
}
