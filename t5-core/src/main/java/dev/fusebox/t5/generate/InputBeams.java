package dev.fusebox.t5.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The search for one input: the open beams and the finished sentences. */
final class InputBeams {

  /**
   * A beam and one more token.
   *
   * @param parent which beam
   * @param sum of the log probabilities, the token's included
   */
  record Continuation(int parent, int token, double sum) {}

  // Keeps all beams but the first from being chosen as long as they are equal.
  private static final double NEVER = -1e9;

  private final int beams;
  private final int endId;
  private final FinishedBeams finished;
  private List<Sentence> open;
  private int[] parents;
  private boolean done;

  InputBeams(Decoding.Beam beam, int maxNewTokens, int startId, int endId) {
    beams = beam.beams();
    this.endId = endId;
    finished = new FinishedBeams(beam, maxNewTokens);
    open = new ArrayList<>(Collections.nCopies(beams, Sentence.start(startId, NEVER)));
    open.set(0, Sentence.start(startId, 0));
  }

  /** The open beams. */
  List<Sentence> open() {
    return open;
  }

  /** For each open beam the one it went on from. */
  int[] parents() {
    return parents;
  }

  /** Whether nothing better is expected. */
  boolean done() {
    return done;
  }

  /**
   * Goes on with the best continuations that do not end; those that do are finished sentences if
   * they are among the best {@code beams}.
   *
   * @param best twice as many as beams, best first
   */
  void advance(List<Continuation> best) {
    List<Sentence> next = new ArrayList<>();
    parents = new int[beams];
    for (int rank = 0; rank < best.size() && next.size() < beams; rank++) {
      Continuation continuation = best.get(rank);
      Sentence longer =
          open.get(continuation.parent()).with(continuation.token(), continuation.sum());
      if (continuation.token() != endId) {
        parents[next.size()] = continuation.parent();
        next.add(longer);
      } else if (rank < beams) {
        finished.add(longer);
      }
    }
    open = next;
    done = finished.enough(best.get(0).sum(), open.get(0).length());
  }

  /** The best {@code count} sentences; where the search was cut short, open beams compete too. */
  List<Generated> result(int count) {
    if (!done) {
      open.forEach(finished::add);
    }
    return finished.best(count);
  }
}
