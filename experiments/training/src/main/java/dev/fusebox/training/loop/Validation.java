package dev.fusebox.training.loop;

import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.write.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks how well a model does on questions that it does not learn from. */
final class Validation {

  private record Part(List<Example> examples, Batch batch) {}

  private final ValidationMetric metric;
  private final Tokenizer tokenizer;
  private final int maxTokens;
  private final int batch;
  private final List<Part> parts = new ArrayList<>();

  /**
   * Puts the questions into batches of like length, once.
   *
   * @param maxTokens longest text that is written, where the metric reads any
   */
  Validation(
      List<Example> examples,
      int batch,
      BatchMaker maker,
      ValidationMetric metric,
      Tokenizer tokenizer,
      int maxTokens) {
    this.metric = metric;
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
    this.batch = batch;
    List<Example> sorted = new ArrayList<>(examples);
    sorted.sort(
        Comparator.comparingInt(
            (Example example) -> example.source().length + example.target().length));
    for (int from = 0; from < sorted.size(); from += batch) {
      List<Example> together = sorted.subList(from, Math.min(from + batch, sorted.size()));
      parts.add(new Part(together, maker.make(together)));
    }
  }

  /** Whether there is nothing to look at. */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Looks once. */
  ValidationResult look(T5Model model) {
    Optional<Double> percent = metric.decoding().map(mode -> metric.percent(written(model, mode)));
    return new ValidationResult(loss(model), metric, percent);
  }

  /** Cross entropy per label that counts, without smoothing and dropout. */
  private double loss(T5Model model) {
    TargetLoss loss = new TargetLoss(model, 0);
    double sum = 0;
    long counted = 0;
    for (Part part : parts) {
      try (Step step = Step.inference(model.parameters().manager())) {
        sum += loss.sum(part.batch(), step);
      }
      counted += part.batch().counted();
    }
    return sum / counted;
  }

  private List<Prediction> written(T5Model model, DecodingMode mode) {
    List<Prediction> texts = new ArrayList<>();
    DecodingSettings greedy = new DecodingSettings(mode, 1, 1, 0, batch, Optional.empty());
    try (Writer writer = Writer.of(model, greedy, maxTokens, 0)) {
      for (Part part : parts) {
        List<int[]> tokens = writer.write(part.batch());
        for (int i = 0; i < tokens.size(); i++) {
          Example example = part.examples().get(i);
          texts.add(
              new Prediction(
                  example.id(),
                  tokenizer.decode(tokens.get(i)),
                  tokenizer.decode(example.target())));
        }
      }
    }
    return texts;
  }
}
