package dev.fusebox.questions;

/**
 * {@code data.demo}: what a demo data set is made from; the same settings give the same bytes.
 *
 * @param questions how many, over all splits
 * @param seed another seed gives other questions about the same world
 * @param pictureShare the share of questions that are about a picture, 0 to 1
 * @param noise standard deviation of the noise in the features; the parts of a thing's look have 1
 */
public record DemoSettings(int questions, long seed, double pictureShare, double noise) {

  /** As few as give every split a question. */
  public static final int FEWEST_QUESTIONS = 10;

  /** The usual share of questions about a picture. */
  public static final double PICTURE_SHARE = 0.6;

  /** The usual noise. */
  public static final double NOISE = 0.6;

  public DemoSettings {
    require(
        questions >= FEWEST_QUESTIONS,
        "questions must be at least " + FEWEST_QUESTIONS + ", found " + questions);
    require(
        pictureShare >= 0 && pictureShare <= 1,
        "pictureShare must be from 0 to 1, found " + pictureShare);
    require(noise >= 0, "noise must not be negative, found " + noise);
  }

  /** The usual world at this size. */
  public static DemoSettings of(int questions, long seed) {
    return new DemoSettings(questions, seed, PICTURE_SHARE, NOISE);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
