package dev.fusebox.training.loop;

import java.time.Duration;

/** How fast a run goes, and when it is time to save again. */
final class Pace {

  private static final double SMOOTHING = 0.05; // share of the newest step in what is shown

  private long tick = System.nanoTime();
  private long lastSave = tick;
  private long tokens;
  private final long begin = tick;
  private double loss = Double.NaN;

  /** Notes a step. */
  void step(double newLoss, int newTokens) {
    tick = System.nanoTime();
    tokens += newTokens;
    loss = Double.isNaN(loss) ? newLoss : loss + SMOOTHING * (newLoss - loss);
  }

  /** Tokens read and written per second, since the run began or went on. */
  double tokensPerSecond() {
    return tokens * 1e9 / Math.max(1, tick - begin);
  }

  /** {@code loss 0.312 4.1k tok/s}. */
  String inWords() {
    double speed = tokensPerSecond();
    String pace =
        speed < 1000 ? "%.0f tok/s".formatted(speed) : "%.1fk tok/s".formatted(speed / 1000);
    return "loss %.3f  %s".formatted(loss, pace);
  }

  /** Whether the last save is longer ago than {@code every}; says so once. */
  boolean timeToSave(Duration every) {
    boolean due = tick - lastSave >= every.toNanos();
    if (due) {
      lastSave = tick;
    }
    return due;
  }
}
