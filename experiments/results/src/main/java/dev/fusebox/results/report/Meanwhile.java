package dev.fusebox.results.report;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work on another core while its caller goes on. What it brings, or the trouble that it ran into,
 * comes where it is asked for; whoever fails before does not wait for it.
 */
public final class Meanwhile<T> {

  /** Brings something. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T bring() throws IOException;
  }

  private final FutureTask<T> task;

  private Meanwhile(FutureTask<T> task) {
    this.task = task;
  }

  /** Begins. */
  public static <T> Meanwhile<T> of(Work<T> work) {
    FutureTask<T> task = new FutureTask<>(work::bring);
    Thread thread = new Thread(task, "meanwhile");
    thread.setDaemon(true); // a failed command ends at once
    thread.start();
    return new Meanwhile<>(task);
  }

  /** What it brought, when it is done. */
  public T brought() throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another thread computed");
    } catch (ExecutionException e) {
      Throwable trouble = e.getCause();
      if (trouble instanceof IOException expected) {
        throw expected;
      }
      if (trouble instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      if (trouble instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(trouble);
    }
  }
}
