package dev.fusebox.training.recipe;

/** What a stage does in a run. */
public enum StageRole {
  /** Makes the data. */
  DATA(""),
  /** Pretrains a fresh model. */
  PRETRAINING(""),
  /** Trains a model on its task. */
  TRAINING(""),
  /** Lets it write for the test questions. */
  WRITING(", writing"),
  /** Lets it write for the training questions, which the next stage learns from. */
  WRITING_TRAIN(", writing train"),
  /** Lets it write for the validation questions, with which the next stage is validated. */
  WRITING_VALIDATION(", writing validation"),
  /** Lets it write for the test questions asked otherwise. */
  TESTING(", tested");

  private final String ending;

  StageRole(String ending) {
    this.ending = ending;
  }

  /**
   * What people call such a stage: {@code answer}, {@code answer, writing}.
   *
   * @param part of the config it belongs to
   */
  public String title(String part) {
    return this == DATA ? "demo data" : part + ending;
  }

  /** Whether it tells of the run: what is learnt and what is written for the test questions. */
  public boolean tells() {
    return this == TRAINING || this == WRITING;
  }
}
