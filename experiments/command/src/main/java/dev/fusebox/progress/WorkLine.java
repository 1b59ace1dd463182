package dev.fusebox.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * The progress of work that is not a stage of a run: a bar on a terminal, else a line now and then.
 * Nothing is shown of work that is done at once.
 */
public final class WorkLine implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration BETWEEN = Duration.ofSeconds(15);

  private final String title;
  private final PrintStream out;
  private final int columns;
  private final Instant began = Instant.now();
  private Instant said = began;
  private LiveLines lines; // null until there is something to show on a terminal
  private Bar bar;

  /** A line on standard error. */
  public static WorkLine of(String title) {
    return new WorkLine(title, System.err, ProgressView.columns());
  }

  private WorkLine(String title, PrintStream out, int columns) {
    this.title = title;
    this.out = out;
    this.columns = columns;
  }

  /** The work is so far. */
  public void at(long done, long total) {
    if (Duration.between(began, Instant.now()).compareTo(PATIENCE) < 0) {
      return;
    }
    if (columns > 0) {
      paint(done, total);
    } else if (Duration.between(said, Instant.now()).compareTo(BETWEEN) > 0) {
      said = Instant.now();
      out.printf("  %s  %,d of %,d%n", title, done, total);
    }
  }

  private void paint(long done, long total) {
    if (bar == null) {
      lines = new LiveLines(out, columns);
      bar = new Bar(title, total, line -> lines.set(0, line));
    }
    bar.say("%,d of %,d".formatted(done, total));
    bar.at(done, total);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      lines.clear();
    }
  }
}
