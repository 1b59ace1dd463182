package dev.fusebox.fusion;

/**
 * What data may or may not offer, on which a {@link Setting} can depend.
 *
 * @since 0.1
 */
public enum Need {
  /** Several pictures, or several frames of a film, with one question. */
  SEVERAL_PICTURES("a question has several pictures");

  private final String condition;

  Need(String condition) {
    this.condition = condition;
  }

  /** When it is met, for people: {@code a question has several pictures}. */
  public String condition() {
    return condition;
  }
}
