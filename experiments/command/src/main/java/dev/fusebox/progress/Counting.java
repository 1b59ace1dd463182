package dev.fusebox.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;

/**
 * Shows how far a count has come: a bar with the time left on a terminal, a line now and then
 * elsewhere.
 */
public final class Counting implements AutoCloseable {

  private static final Duration BETWEEN = Duration.ofSeconds(30);

  private final LongConsumer at;
  private final Runnable closing;

  private Counting(LongConsumer at, Runnable closing) {
    this.at = at;
    this.closing = closing;
  }

  /** Counts to {@code total}, on standard error. */
  public static Counting of(String title, long total) {
    int columns = ProgressView.columns();
    return columns == 0 ? plain(title, total, System.err) : bar(title, total, columns);
  }

  private static Counting bar(String title, long total, int columns) {
    LiveLines lines = new LiveLines(System.err, columns);
    Bar bar = new Bar(title, total, line -> lines.set(0, line));
    return new Counting(
        done -> {
          bar.say("%,d of %,d".formatted(done, total));
          bar.at(done, total);
        },
        () -> {
          bar.close();
          lines.clear();
        });
  }

  private static Counting plain(String title, long total, PrintStream out) {
    Instant[] last = {Instant.now()};
    return new Counting(
        done -> {
          if (Duration.between(last[0], Instant.now()).compareTo(BETWEEN) > 0) {
            last[0] = Instant.now();
            out.println("  %s  %,d of %,d".formatted(title, done, total));
          }
        },
        () -> {});
  }

  /** So many are done. */
  public void at(long done) {
    at.accept(done);
  }

  @Override
  public void close() {
    closing.run();
  }
}
