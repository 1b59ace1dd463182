package dev.fusebox.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Where the time of our own training step goes. */
final class ProfileBenchmark {

  private ProfileBenchmark() {}

  /** Prints a table for each model. */
  static void run(BenchmarkSettings settings) throws IOException {
    profile("tiny", 64, 16, "float32", 100 * settings.steps());
    profile("small", 256, 64, "float32", 2 * settings.steps());
    profile("small", 256, 64, "bfloat16", 2 * settings.steps());
  }

  private static void profile(String size, int source, int target, String precision, int steps)
      throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      TrainingTurn turn =
          new TrainingTurn(settings(size, source, target, precision, steps), folder.path());
      turn.warmUp();
      try (Profile profile = new Profile(Thread.currentThread())) {
        double seconds = turn.measure().median();
        profile.close();
        System.out.printf(
            Locale.ROOT,
            "%s, 8 x %d -> %d, %s: %.4f s a step%n%s",
            size,
            source,
            target,
            precision,
            seconds,
            profile.table());
      }
    }
  }

  private static Map<String, String> settings(
      String size, int source, int target, String precision, int steps) {
    return Map.of(
        "size",
        size,
        "source",
        String.valueOf(source),
        "target",
        String.valueOf(target),
        "precision",
        precision,
        "batch",
        "8",
        "steps",
        String.valueOf(steps));
  }
}
