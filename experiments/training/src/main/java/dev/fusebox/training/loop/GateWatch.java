package dev.fusebox.training.loop;

import dev.fusebox.t5.T5Model;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.model.ShownQuestions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a fusion's gates on the same few training questions throughout a run, so that a curve shows
 * what changes in the model and not from batch to batch. Draws no random number.
 */
final class GateWatch {

  private static final int QUESTIONS = 8;
  private static final int TIMES = 40;

  /** A reading costs about as much as the forward pass of a step. */
  private static final int APART = 25;

  private final Optional<Batch> batch;
  private final long every;
  private final long steps;

  /**
   * A watch.
   *
   * @param steps of the whole run
   */
  GateWatch(List<Example> train, BatchMaker maker, long steps) {
    List<Example> shown = ShownQuestions.of(train, maker.pictures(), QUESTIONS);
    this.batch = shown.isEmpty() ? Optional.empty() : Optional.of(maker.make(shown));
    this.every = Math.max(APART, steps / TIMES);
    this.steps = steps;
  }

  /** The gates by name after that step, where it is time to read them and there are any. */
  Map<String, Double> after(long step, T5Model model) {
    boolean now = step == 1 || step % every == 0 || step == steps;
    return now ? batch.map(shown -> EncodedBatch.gates(model, shown)).orElse(Map.of()) : Map.of();
  }
}
