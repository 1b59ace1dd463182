package dev.fusebox.lab.result;

/**
 * Which of a variant's runs one is: they differ in what is left to chance alone.
 *
 * @param draw of the training questions, as {@code ablation.draws} numbers it; {@link #NO_DRAW}
 *     where an experiment has none
 * @param seed of everything that is drawn in training
 */
public record Repeat(long draw, long seed) {

  /** The draw of a run whose training questions are what its config says, in all runs the same. */
  public static final long NO_DRAW = 0;

  public Repeat {
    if (draw < NO_DRAW) {
      throw new IllegalArgumentException("draw must be from 0, which is none, found " + draw);
    }
  }

  /** The run with a seed, where there are no draws. */
  public static Repeat of(long seed) {
    return new Repeat(NO_DRAW, seed);
  }

  /** Whether it is one of several draws. */
  public boolean isDrawn() {
    return draw != NO_DRAW;
  }

  /** What people call a variant's run: {@code gated seed 1}, {@code gated draw 2 seed 1}. */
  public String title(String variant) {
    return variant + (isDrawn() ? " draw " + draw : "") + " seed " + seed;
  }

  /** The name of its folder: {@code gated-seed1}, {@code gated-draw2-seed1}. */
  public String folder(String variant) {
    return variant + (isDrawn() ? "-draw" + draw : "") + "-seed" + seed;
  }
}
