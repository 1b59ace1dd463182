package dev.fusebox.lab.result;

import dev.fusebox.questions.mark.Prediction;
import java.util.List;

/** What became of one run: a variant with one seed. */
public sealed interface RunResult {

  /** The variant's name: a row of the table. */
  String variant();

  /** The seed. */
  long seed();

  /**
   * A run that answered its questions.
   *
   * @param variant the variant's name
   * @param seed the seed
   * @param decoding how the answers were decoded, in words: {@code generated, greedy} or {@code
   *     teacher-forced}
   * @param predictions one for each test question
   */
  record Finished(String variant, long seed, String decoding, List<Prediction> predictions)
      implements RunResult {

    public Finished {
      predictions = List.copyOf(predictions);
    }
  }

  /**
   * A run that failed: a row that says so.
   *
   * @param variant the variant's name
   * @param seed the seed
   * @param reason all that is known of it, in as many lines as it takes
   */
  record Failed(String variant, long seed, String reason) implements RunResult {}

  /**
   * A run that has not finished, or only with other settings.
   *
   * @param variant the variant's name
   * @param seed the seed
   */
  record NotMade(String variant, long seed) implements RunResult {}
}
