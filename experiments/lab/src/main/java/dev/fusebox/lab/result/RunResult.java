package dev.fusebox.lab.result;

import dev.fusebox.questions.mark.Prediction;
import java.util.List;

/** What became of one run: a variant with one seed, on one draw where there are draws. */
public sealed interface RunResult {

  /** The variant's name: a row of the table. */
  String variant();

  /** Which of the variant's runs it is. */
  Repeat repeat();

  /** What people call it: {@code gated seed 1}. */
  default String title() {
    return repeat().title(variant());
  }

  /**
   * A run that answered its questions.
   *
   * @param variant the variant's name
   * @param repeat which of the variant's runs it is
   * @param decoding how the answers were decoded, in words: {@code generated, greedy} or {@code
   *     teacher-forced}
   * @param predictions one for each test question
   */
  record Finished(String variant, Repeat repeat, String decoding, List<Prediction> predictions)
      implements RunResult {

    public Finished {
      predictions = List.copyOf(predictions);
    }
  }

  /**
   * A run that failed: a row that says so.
   *
   * @param variant the variant's name
   * @param repeat which of the variant's runs it is
   * @param reason all that is known of it, in as many lines as it takes
   */
  record Failed(String variant, Repeat repeat, String reason) implements RunResult {}

  /**
   * A run that has not finished, or only with other settings.
   *
   * @param variant the variant's name
   * @param repeat which of the variant's runs it is
   */
  record NotMade(String variant, Repeat repeat) implements RunResult {}
}
