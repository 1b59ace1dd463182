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
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.write.OptionRanker;
import dev.fusebox.training.write.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks how well a model does on questions that it does not learn from. */
final class Validation {

  private final LearningGoal goal;
  private final ValidationMetric metric;
  private final Tokenizer tokenizer;
  private final int maxTokens;
  private final int batch;
  private final List<List<Example>> parts = new ArrayList<>();
  private final BatchMaker maker;

  /**
   * Puts questions of like length together, once. Batches are made when they are looked at: the
   * pictures of all would not fit into memory.
   *
   * @param maxTokens longest text that is written, where the metric reads any
   */
  Validation(
      List<Example> examples,
      int batch,
      BatchMaker maker,
      LearningGoal goal,
      ValidationMetric metric,
      Tokenizer tokenizer,
      int maxTokens) {
    this.maker = maker;
    this.goal = goal;
    this.metric = metric;
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
    this.batch = batch;
    List<Example> sorted = new ArrayList<>(examples);
    sorted.sort(
        Comparator.comparingInt(
            (Example example) -> example.source().length + example.target().length));
    for (int from = 0; from < sorted.size(); from += batch) {
      parts.add(sorted.subList(from, Math.min(from + batch, sorted.size())));
    }
  }

  /** Whether there is nothing to look at. */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Looks once. */
  ValidationResult look(T5Model model) {
    Optional<Double> percent =
        metric.ranks()
            ? metric.decoding().map(mode -> ranked(new OptionRanker(model, mode)))
            : metric.decoding().map(mode -> metric.percent(written(model, mode)));
    return new ValidationResult(loss(model), metric, percent);
  }

  /** The share of the questions whose right option is ranked first, in percent. */
  private double ranked(OptionRanker ranker) {
    int right = 0;
    int all = 0;
    for (List<Example> part : parts) {
      List<double[]> found = ranker.rank(maker.make(part));
      for (int i = 0; i < found.size(); i++) {
        int wanted = part.get(i).options().orElseThrow().right();
        right += OptionRanker.best(found.get(i)) == wanted ? 1 : 0;
        all++;
      }
    }
    return 100.0 * right / all;
  }

  /** Per label that counts, or per question; without smoothing and dropout. */
  private double loss(T5Model model) {
    BatchLoss loss = BatchLoss.plain(model, goal);
    double sum = 0;
    long counted = 0;
    for (List<Example> part : parts) {
      Batch made = maker.make(part);
      try (Step step = Step.inference(model.parameters().manager())) {
        sum += loss.sum(made, step);
      }
      counted += loss.counted(made);
    }
    return sum / counted;
  }

  private List<Prediction> written(T5Model model, DecodingMode mode) {
    List<Prediction> texts = new ArrayList<>();
    DecodingSettings greedy = DecodingSettings.greedy(mode, 0, batch);
    try (Writer writer = Writer.of(model, greedy, maxTokens, 0)) {
      for (List<Example> part : parts) {
        List<int[]> tokens = writer.write(maker.make(part));
        for (int i = 0; i < tokens.size(); i++) {
          Example example = part.get(i);
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
