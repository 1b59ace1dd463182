package dev.fusebox.training.batch;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/** Prepares the batches of coming steps on a thread of its own. */
public final class BatchFeed implements AutoCloseable {

  private static final int AHEAD = 2;

  private final LongFunction<List<Batch>> prepare;
  private final long end;
  private final Queue<Future<List<Batch>>> coming = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "batches");
            worker.setDaemon(true);
            return worker;
          });
  private long submitted;

  /**
   * A feed.
   *
   * @param prepare makes the parts of a step, in the order of the steps
   * @param start the first step
   * @param end after the last step
   */
  public BatchFeed(LongFunction<List<Batch>> prepare, long start, long end) {
    this.prepare = prepare;
    this.end = end;
    this.submitted = start;
    for (int i = 0; i < AHEAD; i++) {
      submit();
    }
  }

  private void submit() {
    if (submitted < end) {
      long step = submitted++;
      coming.add(thread.submit(() -> prepare.apply(step)));
    }
  }

  /** The parts of the next step. */
  public List<Batch> next() {
    try {
      List<Batch> parts = coming.remove().get();
      submit();
      return parts;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a batch could not be prepared", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a batch was prepared", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
