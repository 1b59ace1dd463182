package dev.fusebox.t5.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The best finished sentences of one input: as many as there are beams. */
final class FinishedBeams {

  private static final Comparator<Generated> BEST_FIRST =
      Comparator.comparingDouble(Generated::score).reversed();

  private final Decoding.Beam beam;
  private final int maxNewTokens;
  private final List<Generated> best = new ArrayList<>();

  FinishedBeams(Decoding.Beam beam, int maxNewTokens) {
    this.beam = beam;
    this.maxNewTokens = maxNewTokens;
  }

  /** Keeps the sentence if it is among the best. */
  void add(Sentence sentence) {
    best.add(new Generated(sentence.written(), score(sentence.sum(), sentence.length())));
    best.sort(BEST_FIRST); // stable: of equal sentences the earlier stays
    if (best.size() > beam.beams()) {
      best.remove(beam.beams());
    }
  }

  private double score(double sum, int length) {
    return sum / Math.pow(length, beam.lengthPenalty());
  }

  /**
   * Whether the search is over.
   *
   * @param bestSum of the log probabilities of the best open beam
   * @param length of the open beams
   */
  boolean enough(double bestSum, int length) {
    if (best.size() < beam.beams()) {
      return false;
    }
    double worst = best.get(best.size() - 1).score();
    return switch (beam.earlyStopping()) {
      case AT_ENOUGH -> true;
      case WHEN_UNLIKELY -> worst >= score(bestSum, length);
      case WHEN_IMPOSSIBLE ->
          worst >= score(bestSum, beam.lengthPenalty() > 0 ? maxNewTokens : length);
    };
  }

  /** The best so many, best first. */
  List<Generated> best(int count) {
    return List.copyOf(best.subList(0, Math.min(count, best.size())));
  }
}
