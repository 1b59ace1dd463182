package dev.fusebox.training.write;

import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.OptionsOfBatch;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.recipe.DecodingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers without writing: how probable each option of a question is among them all, by the softmax
 * of the log probabilities of their texts.
 *
 * @param mode whether log probabilities are per token
 */
public record OptionRanker(T5Model model, DecodingMode mode) {

  /** The probabilities of each question's options, in their order; they sum to 1. */
  public List<double[]> rank(Batch batch) {
    OptionsOfBatch options = batch.options().orElseThrow();
    float[] scores;
    try (Step step = Step.inference(model.parameters().manager())) {
      EncodedBatch reading = EncodedBatch.of(model, batch, Mode.INFERENCE, step);
      scores = reading.optionScores(model, options, mode.perToken(), step).toFloatArray();
    }
    List<double[]> probabilities = new ArrayList<>();
    for (int row = 0; row < options.rows(); row++) {
      probabilities.add(softmax(scores, row * options.most(), options.options(row)));
    }
    return probabilities;
  }

  private static double[] softmax(float[] scores, int from, int count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, scores[from + i]);
    }
    double[] shares = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      shares[i] = Math.exp(scores[from + i] - largest);
      sum += shares[i];
    }
    for (int i = 0; i < count; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /** The most probable option; the first of equals. */
  public static int best(double[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
