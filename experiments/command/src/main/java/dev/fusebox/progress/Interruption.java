package dev.fusebox.progress;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: asks the work to save and stop, and lets the program live until it has. The exit status
 * is then the signal's, 130.
 */
public final class Interruption implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 120; // a large checkpoint takes a while to write

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");
  private volatile boolean asked;

  /** Listens from now on until closed. */
  public Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void interrupted() {
    if (finished.getCount() == 0) {
      return;
    }
    asked = true;
    try {
      boolean saved = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      // Here, since the program ends when this thread does: nobody else comes to speak.
      System.err.println(
          saved
              ? "Stopped; the same command resumes from here."
              : "Gave up waiting; the same command resumes from the last checkpoint.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks without a signal. */
  void ask() {
    asked = true;
  }

  /** Whether to save and stop. */
  public boolean asked() {
    return asked;
  }

  @Override
  public void close() {
    finished.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal came this very moment: the hook finds nothing to wait for.
      }
    }
  }
}
