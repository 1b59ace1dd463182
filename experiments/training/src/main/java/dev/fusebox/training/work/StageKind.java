package dev.fusebox.training.work;

import java.util.Locale;

/** What a stage makes. */
public enum StageKind {
  /** A generated data set. */
  DATA,
  /** A model that has read text. */
  PRETRAINING,
  /** A model that answers, or explains. */
  TRAINING,
  /** What such a model writes. */
  PREDICTION;

  /** Its name in the store. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
