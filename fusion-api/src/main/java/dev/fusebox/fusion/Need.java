package dev.fusebox.fusion;

/**
 * A property of the data that a {@link Setting} can depend on.
 *
 * @since 0.1
 */
public enum Need {
  /** Several pictures, or several video frames, per question. */
  SEVERAL_PICTURES("a question has several pictures");

  private final String condition;

  Need(String condition) {
    this.condition = condition;
  }

  /** The condition in words: {@code a question has several pictures}. */
  public String condition() {
    return condition;
  }
}
