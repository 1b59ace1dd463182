package dev.fusebox.results.report;

import dev.fusebox.questions.change.QuestionChange;

/** What answers to changed questions say of a model. */
enum ChangeVerdict {
  SILENT("names no option"),
  SHAKEN("keeps to no answer"),
  HOLDS("no drop shown"),
  BREAKS("drops"),
  BY_PLACE("goes by the letter"),
  GUESSES("guesses without it"),
  GUESSES_ANYWAY("guesses with it, too"),
  KNOWS("does without it"),
  DOES_NOT_LOOK("does not look"),
  USED("is used"),
  NOT_USED("is not used"),
  UNDECIDED("cannot tell");

  /** Of the answers: what changes fewer has no say in them. */
  static final double SMALLEST = 0.05;

  private static final double LEVEL = 0.05;

  private final String words;

  ChangeVerdict(String words) {
    this.words = words;
  }

  /** As a table prints it. */
  String words() {
    return words;
  }

  /**
   * The verdict.
   *
   * @param p that accuracy is what it was, corrected for all rows of the table
   */
  static ChangeVerdict of(ChangeScores scores, double p) {
    if (scores.isSilent()) {
      return SILENT;
    }
    return switch (scores.change().expectation()) {
      case SAME -> same(scores, p);
      case RIGHT -> drops(scores, p) ? BREAKS : HOLDS;
      case CHANCE ->
          isIdle(scores) && scores.change().subject() == QuestionChange.Subject.PICTURE
              ? DOES_NOT_LOOK
              : without(scores);
      case OTHER, OPEN -> used(scores);
    };
  }

  private static ChangeVerdict used(ChangeScores scores) {
    if (isIdle(scores)) {
      return NOT_USED;
    }
    return scores.interval(scores.changed()).low() > SMALLEST ? USED : UNDECIDED;
  }

  /** Whether what was changed decides fewer answers than count. */
  private static boolean isIdle(ChangeScores scores) {
    return scores.interval(scores.changed()).high() < SMALLEST;
  }

  private static ChangeVerdict same(ChangeScores scores, double p) {
    boolean shuffled = scores.change() == QuestionChange.SHUFFLE_OPTIONS;
    if (shuffled && scores.placeAgainstOption() < LEVEL) {
      return BY_PLACE;
    }
    if (scores.interval(scores.expected()).low() <= scores.chance()) {
      return SHAKEN;
    }
    return drops(scores, p) ? BREAKS : HOLDS;
  }

  private static ChangeVerdict without(ChangeScores scores) {
    if (scores.interval(scores.after()).low() > scores.chance()) {
      return KNOWS;
    }
    return scores.interval(scores.before()).low() > scores.chance() ? GUESSES : GUESSES_ANYWAY;
  }

  private static boolean drops(ChangeScores scores, double p) {
    return p < LEVEL && scores.after() < scores.before();
  }
}
