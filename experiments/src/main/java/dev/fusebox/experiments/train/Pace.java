package dev.fusebox.experiments.train;

import java.time.Duration;

/** How fast a run goes, and when it is time to save again. */
final class Pace {

  private static final double SMOOTHING = 0.05; // share of the newest step in what is shown

  private long tick = System.nanoTime();
  private long lastSave = tick;
  private long tokens;
  private final long begin = tick;
  private double loss = Double.NaN;

  /** Notes a step and puts the figures into words. */
  String after(long step, String epoch, double newLoss, int newTokens) {
    tick = System.nanoTime();
    tokens += newTokens;
    loss = Double.isNaN(loss) ? newLoss : loss + SMOOTHING * (newLoss - loss);
    double perSecond = tokens * 1e9 / Math.max(1, tick - begin);
    return "%s  loss %.3f  %s".formatted(epoch, loss, tokensPerSecond(perSecond));
  }

  private static String tokensPerSecond(double speed) {
    return speed < 1000 ? "%.0f tok/s".formatted(speed) : "%.1fk tok/s".formatted(speed / 1000);
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
