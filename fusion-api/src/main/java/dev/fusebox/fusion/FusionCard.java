package dev.fusebox.fusion;

/**
 * A short description of a fusion. Keys, hooks and sizes are read from the code.
 *
 * @param summary what it does, in a sentence
 * @param source the paper or code it follows
 * @since 0.1
 */
public record FusionCard(String summary, String source) {

  public FusionCard {
    if (summary.isBlank()) {
      throw new IllegalArgumentException("a fusion's card needs a summary");
    }
  }
}
