package dev.fusebox.benchmarks;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often both sides take their turn
 * @param steps measured repetitions in each turn, after one that is not counted
 * @param threads of each side
 */
record BenchmarkSettings(int rounds, int steps, int threads) {

  BenchmarkSettings {
    if (rounds < 1 || steps < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "rounds, steps and threads must be at least 1, found %d, %d, %d"
              .formatted(rounds, steps, threads));
    }
  }

  /**
   * Reads {@code key=value} settings; what is not named keeps its default.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static BenchmarkSettings of(List<String> settings) {
    int rounds = 3;
    int steps = 3;
    int threads = Runtime.getRuntime().availableProcessors();
    for (String setting : settings) {
      int number = number(setting);
      switch (setting.substring(0, setting.indexOf('='))) {
        case "rounds" -> rounds = number;
        case "steps" -> steps = number;
        case "threads" -> threads = number;
        default ->
            throw new IllegalArgumentException(
                setting + ": no such setting; known: rounds, steps, threads");
      }
    }
    return new BenchmarkSettings(rounds, steps, threads);
  }

  private static int number(String setting) {
    try {
      return Integer.parseInt(setting.substring(setting.indexOf('=') + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(setting + ": the value must be a whole number", e);
    }
  }
}
