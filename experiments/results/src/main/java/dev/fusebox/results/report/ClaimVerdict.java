package dev.fusebox.results.report;

/** What the questions say of a claim. */
enum ClaimVerdict {
  /** The variant is better. */
  SUPPORTED("supported"),
  /** It is worse. */
  NOT("not: the other way round"),
  /** It may be either. */
  CANNOT_TELL("cannot tell"),
  /** A run that is claimed of has not finished. */
  NOT_MADE("not computed yet"),
  /** The config claims it no longer. */
  WITHDRAWN("withdrawn");

  private static final double LEVEL = 0.05;

  private final String words;

  ClaimVerdict(String words) {
    this.words = words;
  }

  /** As a table prints it. */
  String words() {
    return words;
  }

  /**
   * The verdict on a difference.
   *
   * @param p corrected for all claims
   */
  static ClaimVerdict of(double difference, double p) {
    return p >= LEVEL ? CANNOT_TELL : difference > 0 ? SUPPORTED : NOT;
  }
}
