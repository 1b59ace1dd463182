package dev.fusebox.training.recipe;

/**
 * {@code training.saves}: the states that an interrupted run goes on from. None of it changes a
 * result.
 *
 * @param every seconds between two states
 * @param keep how many of them are kept
 */
public record SaveSettings(int every, int keep) {

  public SaveSettings {
    Rules.require(every >= 0, "every must be at least 0, found " + every);
    Rules.require(keep > 0, "keep must be at least 1, found " + keep);
  }
}
