package dev.fusebox.training.optimize;

/** The rules that arguments of optimizers share. */
final class Arguments {

  private Arguments() {}

  static void requirePositive(String name, double value) {
    require(value > 0, name + " must be above 0, found " + value);
  }

  static void requireShare(String name, double value) {
    require(value >= 0 && value < 1, name + " must be at least 0 and below 1, found " + value);
  }

  static void requireDecay(double weightDecay) {
    require(weightDecay >= 0, "weightDecay must be at least 0, found " + weightDecay);
  }

  private static void require(boolean kept, String message) {
    if (!kept) {
      throw new IllegalArgumentException(message);
    }
  }
}
