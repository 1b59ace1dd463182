package dev.fusebox.training.recipe;

/** How a settings record states its rules. */
final class Rules {

  private Rules() {}

  /**
   * States a rule.
   *
   * @param message {@code key must ..., found value}, told where the rule is broken
   * @throws IllegalArgumentException where it is
   */
  static void require(boolean kept, String message) {
    if (!kept) {
      throw new IllegalArgumentException(message);
    }
  }
}
