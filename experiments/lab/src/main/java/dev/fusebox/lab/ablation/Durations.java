package dev.fusebox.lab.ablation;

import java.time.Duration;
import java.util.Locale;

/** Times as people say them. */
public final class Durations {

  private Durations() {}

  /** {@code 0.8 s}, {@code 58 s}, {@code 4 min 12 s}, {@code 2 h 5 min}. */
  public static String exact(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1000.0);
    if (duration.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** {@code 1 s}, {@code 40 s}, {@code 4 min}, {@code 2.5 h}. */
  public static String about(double seconds) {
    if (seconds < 90) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    return seconds < 5400
        ? Math.round(seconds / 60) + " min"
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
