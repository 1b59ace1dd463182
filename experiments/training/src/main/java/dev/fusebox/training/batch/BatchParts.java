package dev.fusebox.training.batch;

import java.util.ArrayList;
import java.util.List;

/** Cuts a step's questions into parts that are computed one after the other, to save memory. */
public final class BatchParts {

  private BatchParts() {}

  /** At most {@code parts} batches of the same size, but for the last. */
  public static List<Batch> of(List<Example> examples, int parts, BatchMaker maker) {
    int most = Math.min(parts, examples.size());
    int size = (examples.size() + most - 1) / most;
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < examples.size(); from += size) {
      batches.add(maker.make(examples.subList(from, Math.min(from + size, examples.size()))));
    }
    return batches;
  }
}
