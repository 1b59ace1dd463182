package dev.fusebox.training.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Questions side by side, in the host's memory: everything of a step that needs no tensors, so that
 * it can be made ahead.
 *
 * @param ids of the questions
 * @param sources what the encoder reads
 * @param inputs what the decoder reads: the targets, one place later
 * @param labels what the decoder should write; {@link #NOT_COUNTED} where the loss looks away
 * @param counted how many labels count
 * @param pictures empty where the model sees none
 * @param options empty where options are not ranked
 */
public record Batch(
    List<String> ids,
    PaddedTexts sources,
    PaddedTexts inputs,
    PaddedTexts labels,
    int counted,
    Optional<PicturesOfBatch> pictures,
    Optional<OptionsOfBatch> options) {

  /** The label that cross entropy skips. */
  static final long NOT_COUNTED = -100;

  /**
   * How many labels of a question count: its target's tokens, and its padding where that counts.
   */
  public int countedLabels(int row) {
    int from = row * labels.length();
    return (int)
        Arrays.stream(labels.ids(), from, from + labels.length())
            .filter(label -> label != NOT_COUNTED)
            .count();
  }

  /** How many places there are, padding included. */
  public int places() {
    return sources.ids().length
        + options.map(each -> each.labels().length).orElse(labels.ids().length);
  }

  /** How many tokens are read and written, padding left out. */
  public int tokens() {
    int tokens = 0;
    for (float one : sources.mask()) {
      tokens += (int) one;
    }
    return tokens + options.map(OptionsOfBatch::tokens).orElseGet(this::labelTokens);
  }

  private int labelTokens() {
    int tokens = 0;
    for (float one : labels.mask()) {
      tokens += (int) one;
    }
    return tokens;
  }
}
