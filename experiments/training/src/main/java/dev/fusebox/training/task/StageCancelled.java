package dev.fusebox.training.task;

/** A stage stopped because it was asked to, with everything saved that the next run needs. */
public final class StageCancelled extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A stop on request. */
  public StageCancelled() {
    super("stopped on request");
  }
}
