package dev.fusebox.questions.picture;

/** Takes the picture away while everything else stays, to see what it was worth. */
public enum Control {
  /** The pictures as they are. */
  NONE,
  /** All features zero. */
  BLIND,
  /** The picture of another question. */
  SHUFFLED,
  /** Normal noise with the features' mean and deviation. */
  NOISE
}
