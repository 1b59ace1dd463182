package dev.fusebox.training.batch;

import java.util.List;
import java.util.Optional;

/**
 * A question as a stage reads and answers it. The arrays are shared: nobody writes into them.
 *
 * @param id the question's id, or the number of a generated text
 * @param source token ids, end mark included, already cut to the longest input
 * @param target token ids, end mark included, already cut to the longest output
 * @param targetText the target before it became tokens; what a prediction is compared with
 * @param options what the target would be for each option of the question, and which is right;
 *     empty where options are not ranked
 * @param optionPlaces how many tokens of the source stand before each option that it lists; empty
 *     where nobody asks
 */
@SuppressWarnings(
    "ArrayRecordComponent") // thousands of long texts: boxes would cost more than the model
public record Example(
    String id,
    int[] source,
    int[] target,
    String targetText,
    Optional<Options> options,
    List<Integer> optionPlaces) {

  public Example {
    optionPlaces = List.copyOf(optionPlaces);
  }

  /** One the places of whose options nobody asks for. */
  public Example(
      String id, int[] source, int[] target, String targetText, Optional<Options> options) {
    this(id, source, target, targetText, options, List.of());
  }

  /** One whose options are not ranked. */
  public Example(String id, int[] source, int[] target, String targetText) {
    this(id, source, target, targetText, Optional.empty());
  }

  /** The same with the places of its options. */
  public Example withOptionPlaces(List<Integer> places) {
    return new Example(id, source, target, targetText, options, places);
  }

  /** How many tokens stand before an option; 0 where the source does not list it. */
  int placeOf(int option) {
    return option < optionPlaces.size() ? optionPlaces.get(option) : 0;
  }

  /** How many tokens the decoder reads: the target, or all options. */
  public int outputTokens() {
    return options
        .map(ranked -> ranked.texts().stream().mapToInt(text -> text.length).sum())
        .orElse(target.length);
  }

  /**
   * The options of a question.
   *
   * @param texts token ids of each, end mark included
   * @param right index of the right one
   */
  public record Options(List<int[]> texts, int right) {
    public Options {
      texts = List.copyOf(texts);
      if (right < 0 || right >= texts.size()) {
        throw new IllegalArgumentException(
            "right must be an index into " + texts.size() + " options, found " + right);
      }
    }
  }
}
