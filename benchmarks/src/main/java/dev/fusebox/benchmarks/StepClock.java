package dev.fusebox.benchmarks;

import dev.fusebox.training.task.StageProgress;
import java.util.ArrayList;
import java.util.List;

/** Takes the time of each step. */
final class StepClock implements StageProgress {

  /** Steps that the median leaves out. */
  static final int WARM_UP = 2;

  private final List<Double> seconds = new ArrayList<>();
  private long last;

  /** Begins, unless it has begun. Called on the thread that prepares batches. */
  synchronized void start() {
    if (last == 0) {
      last = System.nanoTime();
    }
  }

  @Override
  public synchronized void at(long done, long total) {
    if (done == 0) {
      return; // nothing is learnt yet
    }
    long now = System.nanoTime();
    seconds.add((now - last) / 1e9);
    last = now;
  }

  @Override
  public void say(String figures) {}

  @Override
  public boolean cancelled() {
    return false;
  }

  /** Seconds of a step, the first ones left out. */
  synchronized double median() {
    return Comparison.median(seconds.subList(WARM_UP, seconds.size()));
  }

  /** Seconds of all steps, from the preparation of the first batch on. */
  synchronized double total() {
    return seconds.stream().mapToDouble(Double::doubleValue).sum();
  }
}
