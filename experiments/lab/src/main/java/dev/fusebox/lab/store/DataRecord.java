package dev.fusebox.lab.store;

/**
 * The questions of a run.
 *
 * @param name of the data, for people
 * @param place where they lie
 * @param fingerprint of everything the questions were read from; empty where a run failed before
 *     there were any
 * @param train which of them were learnt from
 * @param test which of them were asked
 */
public record DataRecord(
    String name, RecordedPath place, String fingerprint, Part train, Part test) {

  /**
   * Questions of a split: the first ones, or those of a draw.
   *
   * @param split its name in the data
   * @param limit how many, or which share of them; 0 is all
   * @param draw the number of the draw; 0 where they are the first ones
   */
  public record Part(String split, double limit, @ZeroWhereAbsent long draw) {

    /** The first questions of a split. */
    public Part(String split, double limit) {
      this(split, limit, 0);
    }
  }
}
