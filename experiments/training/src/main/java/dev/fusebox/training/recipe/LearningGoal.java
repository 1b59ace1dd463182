package dev.fusebox.training.recipe;

import java.util.Optional;

/** {@code training.loss}: what a stage's steps make smaller. */
public enum LearningGoal {
  /** Cross entropy of the target, token by token. */
  LIKELIHOOD(null),
  /**
   * Cross entropy of the right option among the question's options, by the log probability of their
   * texts: multiple choice as a choice.
   */
  RANKED(DecodingMode.RANKED),
  /** The same by the log probability per token, which does not punish long options. */
  RANKED_PER_TOKEN(DecodingMode.RANKED_PER_TOKEN);

  private final DecodingMode ranking; // null where no options are compared

  LearningGoal(DecodingMode ranking) {
    this.ranking = ranking;
  }

  /** How options are compared; empty where they are not. */
  public Optional<DecodingMode> ranking() {
    return Optional.ofNullable(ranking);
  }
}
