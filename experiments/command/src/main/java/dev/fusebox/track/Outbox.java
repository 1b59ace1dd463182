package dev.fusebox.track;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is on its way to the server. Handing over never waits: a thread of its own sends, many
 * points at once, and tries again while nobody answers; when too many points wait, further ones are
 * lost.
 */
final class Outbox implements AutoCloseable {

  private static final int ROOM = 200_000; // points; an hour or so, some 20 MB
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final long FIRST_PAUSE = 500; // milliseconds
  private static final long LONGEST_PAUSE = 30_000;

  private final Mlflow server;
  private final BlockingQueue<TrackingMessage> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong said = new AtomicLong();
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong openEnds = new AtomicLong(); // beginnings and endings on their way
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tracking");
  private volatile boolean failing;
  private volatile String reason = "no answer in time";

  Outbox(Mlflow server) {
    this.server = server;
    thread.setDaemon(true);
    thread.start();
  }

  /** A stage begins; what is returned stands for it from now on. */
  TrackedRun begin(TrackedStage stage) {
    TrackedRun telling = new TrackedRun(stage);
    openEnds.incrementAndGet();
    queue.add(new TrackingMessage.Beginning(telling, System.currentTimeMillis()));
    return telling;
  }

  /** Points of a stage's curves; those that are not finite have no place there. */
  void figures(TrackedRun telling, long step, Map<String, Double> values) {
    long time = System.currentTimeMillis();
    List<CurvePoint> points =
        values.entrySet().stream()
            .filter(each -> Double.isFinite(each.getValue()))
            .map(each -> new CurvePoint(each.getKey(), each.getValue(), step, time))
            .toList();
    said.addAndGet(points.size());
    if (!points.isEmpty() && waiting.get() < ROOM) {
      waiting.addAndGet(points.size());
      queue.add(new TrackingMessage.Figures(telling, points));
    }
  }

  /** A stage has ended. */
  void end(TrackedRun telling, RunStatus status) {
    openEnds.incrementAndGet();
    queue.add(new TrackingMessage.Ending(telling, status, System.currentTimeMillis()));
  }

  /** Whether the last requests got no answer. */
  boolean failing() {
    return failing;
  }

  private void run() {
    try {
      while (closing.getCount() > 0 || !queue.isEmpty()) {
        TrackingMessage first = queue.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          closing.await(1, TimeUnit.SECONDS); // for more to come: few large requests
          List<TrackingMessage> all = new ArrayList<>(List.of(first));
          queue.drainTo(all, Mlflow.MOST_FIGURES);
          send(all);
        }
      }
    } catch (InterruptedException e) {
      failing = true; // the time for the last requests is over
    }
  }

  private void send(List<TrackingMessage> messages) throws InterruptedException {
    Deque<TrackingMessage> left = new ArrayDeque<>(joined(messages));
    long pause = FIRST_PAUSE;
    while (!left.isEmpty()) {
      try {
        left.peek().deliver(server);
        failing = false;
        pause = FIRST_PAUSE;
        done(left.remove(), true);
      } catch (Refused e) {
        failing = true;
        reason = e.getMessage();
        done(left.remove(), false);
      } catch (IOException e) {
        failing = true;
        reason = e.getMessage() == null ? "no connection" : e.getMessage();
        if (closing.await(pause, TimeUnit.MILLISECONDS)) {
          throw new InterruptedException("closing, and nobody answers");
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  private void done(TrackingMessage message, boolean there) {
    waiting.addAndGet(-message.figures());
    if (there) {
      arrived.addAndGet(message.figures());
      openEnds.addAndGet(message instanceof TrackingMessage.Figures ? 0 : -1);
    }
  }

  /** Points of the same run that follow each other go together. */
  private static List<TrackingMessage> joined(List<TrackingMessage> messages) {
    List<TrackingMessage> joined = new ArrayList<>();
    Map<TrackedRun, List<CurvePoint>> open = new LinkedHashMap<>();
    for (TrackingMessage message : messages) {
      if (message instanceof TrackingMessage.Figures figures) {
        List<CurvePoint> points = open.computeIfAbsent(figures.telling(), run -> new ArrayList<>());
        if (points.size() + figures.figures() > Mlflow.MOST_FIGURES) {
          joined.add(new TrackingMessage.Figures(figures.telling(), points));
          points.clear();
        }
        points.addAll(figures.points());
      } else {
        close(open, message.telling(), joined);
        joined.add(message);
      }
    }
    List.copyOf(open.keySet()).forEach(telling -> close(open, telling, joined));
    return joined;
  }

  private static void close(
      Map<TrackedRun, List<CurvePoint>> open, TrackedRun telling, List<TrackingMessage> joined) {
    List<CurvePoint> points = open.remove(telling);
    if (points != null && !points.isEmpty()) {
      joined.add(new TrackingMessage.Figures(telling, points));
    }
  }

  /** What did not arrive, in words; empty if everything did. For after {@link #close}. */
  Optional<String> lost() {
    long figures = said.get() - arrived.get();
    long ends = openEnds.get();
    return figures == 0 && ends == 0
        ? Optional.empty()
        : Optional.of(
            "%d metrics, and %d starts and ends of stages, did not arrive (%s)"
                .formatted(figures, ends, reason));
  }

  /** Waits a little for the last requests to arrive. */
  @Override
  public void close() {
    closing.countDown();
    try {
      TimeUnit.MILLISECONDS.timedJoin(thread, GRACE.toMillis());
      thread.interrupt();
      TimeUnit.MILLISECONDS.timedJoin(thread, FIRST_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
