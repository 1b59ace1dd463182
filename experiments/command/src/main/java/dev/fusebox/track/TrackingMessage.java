package dev.fusebox.track;

import java.io.IOException;
import java.util.List;

/** Something to tell the server of a run. */
sealed interface TrackingMessage {

  /** Whom it is about. */
  TrackedRun telling();

  /** How many points of curves it holds. */
  int figures();

  /** Tells it, or throws. */
  void deliver(Mlflow server) throws IOException;

  /** A stage begins. */
  record Beginning(TrackedRun telling, long time) implements TrackingMessage {
    @Override
    public int figures() {
      return 0;
    }

    @Override
    public void deliver(Mlflow server) throws IOException {
      telling.begin(server, time);
    }
  }

  /** Points of its curves. */
  record Figures(TrackedRun telling, List<CurvePoint> points) implements TrackingMessage {

    public Figures {
      points = List.copyOf(points);
    }

    @Override
    public int figures() {
      return points.size();
    }

    @Override
    public void deliver(Mlflow server) throws IOException {
      server.add(telling.run(), points);
    }
  }

  /** A stage has ended. */
  record Ending(TrackedRun telling, RunStatus status, long time) implements TrackingMessage {
    @Override
    public int figures() {
      return 0;
    }

    @Override
    public void deliver(Mlflow server) throws IOException {
      server.end(telling.run(), status, time);
    }
  }
}
