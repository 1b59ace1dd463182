package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.PackedTexts;
import dev.fusebox.t5.T5Model;

/** Three texts for each question of {@link FusedInputs} but the last, which has two. */
final class RankedTexts {

  private static final long NOT_COUNTED = -100;
  private static final long[][] TEXTS = {{9, 12, 1}, {31, 1}, {7, 7, 20, 33, 1}};
  private static final int TOKENS = 10; // of all three
  private static final int COUNT = 8; // of all three questions together

  private RankedTexts() {}

  static void assertScoresAreThoseOfEachAlone(FusedModel fused, FusedInput input, double close) {
    T5Model model = fused.model();
    NDManager manager = input.ids().getManager();
    FusionPass pass = model.see(input.vision(), Mode.INFERENCE);
    TextStates encoded = model.encode(input.ids(), input.mask(), pass, Mode.INFERENCE);
    PackedTexts packed = packed(manager);
    float[] sums = model.textScores(packed, encoded, pass, false, Mode.INFERENCE).toFloatArray();
    float[] means = model.textScores(packed, encoded, pass, true, Mode.INFERENCE).toFloatArray();
    for (int text = 0; text < TEXTS.length; text++) {
      double[] alone = alone(model, manager, encoded, pass, TEXTS[text]);
      for (int row = 0; row < FusedInputs.ROWS; row++) {
        int at = row * TEXTS.length + text;
        if (at == COUNT) {
          assertThat(sums[at]).as("the score of a text that is not there").isLessThan(-1e38f);
          continue;
        }
        double tolerance = close * Math.abs(alone[row]) + close;
        assertThat((double) sums[at])
            .as("log probability")
            .isCloseTo(alone[row], within(tolerance));
        assertThat((double) means[at])
            .as("log probability per token")
            .isCloseTo(alone[row] / TEXTS[text].length, within(tolerance));
      }
    }
  }

  private static PackedTexts packed(NDManager manager) {
    int cells = FusedInputs.ROWS * TOKENS;
    long[] inputs = new long[cells];
    long[] labels = new long[cells];
    long[] texts = new long[cells];
    long[] table = new long[FusedInputs.ROWS * TEXTS.length];
    int at = 0;
    for (int place = 0; place < table.length; place++) {
      long[] text = TEXTS[place % TEXTS.length];
      table[place] = place;
      for (int i = 0; i < text.length; i++) {
        boolean there = place < COUNT;
        inputs[at] = i > 0 && there ? text[i - 1] : 0;
        labels[at] = there ? text[i] : NOT_COUNTED;
        texts[at] = place;
        at++;
      }
    }
    Shape shape = new Shape(FusedInputs.ROWS, TOKENS);
    return new PackedTexts(
        manager.create(inputs, shape),
        manager.create(labels, shape),
        manager.create(texts, shape),
        manager.create(table, new Shape(FusedInputs.ROWS, TEXTS.length)),
        COUNT);
  }

  /** The log probability of one text for each question, from the scores of all words. */
  private static double[] alone(
      T5Model model, NDManager manager, TextStates encoded, FusionPass pass, long[] text) {
    long[] inputs = new long[FusedInputs.ROWS * text.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i % text.length == 0 ? 0 : text[i % text.length - 1];
    }
    NDArray ids = manager.create(inputs, new Shape(FusedInputs.ROWS, text.length));
    NDArray logits = model.logits(model.decode(ids, encoded, pass, Mode.INFERENCE), pass);
    float[] scores = logits.toFloatArray();
    int words = (int) logits.getShape().get(2);
    double[] sums = new double[FusedInputs.ROWS];
    for (int i = 0; i < inputs.length; i++) {
      sums[i / text.length] += logProbability(scores, i * words, words, text[i % text.length]);
    }
    return sums;
  }

  private static double logProbability(float[] scores, int from, int words, long word) {
    double sum = 0;
    for (int i = 0; i < words; i++) {
      sum += Math.exp(scores[from + i]);
    }
    return scores[from + (int) word] - Math.log(sum);
  }
}
