package dev.fusebox.lab.ablation;

/** How a stage ended. */
public enum StageEnd {
  /** With a result. */
  FINISHED,
  /** With an error. */
  FAILED,
  /** Stopped on the way; the same command goes on from there. */
  STOPPED
}
