package dev.fusebox.training.recipe;

/**
 * {@code shots}: solved training questions that are read before the question.
 *
 * @param count how many; 0: none
 * @param choice which
 * @param seed of what is drawn, together with the question's id: a question has the same ones
 *     wherever it is asked
 * @param pictures whether each is shown with its picture, where the stage sees any
 */
public record ShotSettings(int count, Choice choice, long seed, boolean pictures) {

  /** Which questions are shown solved. */
  public enum Choice {
    /** Any. */
    RANDOM,
    /** Those whose words are most like the question's, the nearest last, beside the question. */
    NEAREST,
    /**
     * Those whose pictures are most like the question's, the nearest last: by the cosine of the
     * means of their vectors. For a question without a picture, and where the stage sees none,
     * {@link #NEAREST}.
     */
    NEAREST_PICTURE
  }

  public ShotSettings {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0, found " + count);
    }
  }
}
