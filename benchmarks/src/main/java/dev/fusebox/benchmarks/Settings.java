package dev.fusebox.benchmarks;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often both sides take their turn
 * @param steps measured repetitions in each turn, after one that is not counted
 * @param threads of each side
 */
record Settings(int rounds, int steps, int threads) {

  Settings {
    if (rounds < 1 || steps < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "rounds, steps and threads must be at least 1, found %d, %d, %d"
              .formatted(rounds, steps, threads));
    }
  }

  static Settings of(String... arguments) {
    return new Settings(
        number("rounds", 3, arguments),
        number("steps", 3, arguments),
        number("threads", Runtime.getRuntime().availableProcessors(), arguments));
  }

  private static int number(String key, int otherwise, String... arguments) {
    return List.of(arguments).stream()
        .filter(argument -> argument.startsWith(key + "="))
        .mapToInt(argument -> Integer.parseInt(argument.substring(key.length() + 1)))
        .findFirst()
        .orElse(otherwise);
  }
}
