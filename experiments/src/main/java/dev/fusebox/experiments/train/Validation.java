package dev.fusebox.experiments.train;

import dev.fusebox.experiments.pipeline.Example;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks how well a model does on questions that it does not learn from. */
final class Validation {

  private final List<Batch> batches;

  /** Puts the questions into batches of like length, once. */
  Validation(List<Example> examples, int batch, BatchMaker maker) {
    List<Example> sorted = new ArrayList<>(examples);
    sorted.sort(
        Comparator.comparingInt(
            (Example example) -> example.source().length + example.target().length));
    batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += batch) {
      batches.add(maker.make(sorted.subList(from, Math.min(from + batch, sorted.size()))));
    }
  }

  /** Whether there is nothing to look at. */
  boolean isEmpty() {
    return batches.isEmpty();
  }

  /** Cross entropy per label that counts, without smoothing and dropout. */
  double loss(T5Model model) {
    TargetLoss loss = new TargetLoss(model, 0);
    double sum = 0;
    long counted = 0;
    for (Batch batch : batches) {
      try (Step step = Step.inference(model.parameters().manager())) {
        sum += loss.of(batch, Mode.INFERENCE, 1, step).getFloat();
      }
      counted += batch.counted();
    }
    return sum / counted;
  }
}
