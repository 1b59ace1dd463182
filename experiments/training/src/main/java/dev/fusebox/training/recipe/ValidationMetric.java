package dev.fusebox.training.recipe;

import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.StemmedRougeL;
import java.util.List;
import java.util.Optional;

/** What validation measures. The loss is measured always. */
public enum ValidationMetric {
  /** Cross entropy per label that counts; nothing is written. */
  LOSS("validationLoss", null),
  /** The share of the right options in what the model writes greedily. */
  ACCURACY("validationAccuracy", DecodingMode.GENERATED),
  /**
   * The share of the right options where each word is written after the gold words (teacher
   * forcing).
   */
  TEACHER_FORCED_ACCURACY("validationAccuracyTeacherForced", DecodingMode.TEACHER_FORCED),
  /** The share of the right options among those with the highest log probability. */
  RANKED_ACCURACY("validationAccuracyRanked", DecodingMode.RANKED),
  /** The same by the log probability per token. */
  RANKED_PER_TOKEN_ACCURACY("validationAccuracyRankedPerToken", DecodingMode.RANKED_PER_TOKEN),
  /** ROUGE-L as mm-cot's evaluation loop has it, of what the model writes greedily. */
  ROUGE_L("validationRougeL", DecodingMode.GENERATED),
  /** The same where each word is written after the gold words, as in mm-cot's loop. */
  TEACHER_FORCED_ROUGE_L("validationRougeLTeacherForced", DecodingMode.TEACHER_FORCED);

  private final String figure;
  private final DecodingMode decoding; // null where nothing is written

  ValidationMetric(String figure, DecodingMode decoding) {
    this.figure = figure;
    this.decoding = decoding;
  }

  /** Whether it marks answers, so that a text without one cannot be measured by it. */
  public boolean marksAnswers() {
    return this == ACCURACY || this == TEACHER_FORCED_ACCURACY || ranks();
  }

  /** Whether it compares the options of a question. */
  public boolean ranks() {
    return decoding != null && decoding.ranks();
  }

  /** Its name in {@code metrics.jsonl}. */
  public String figure() {
    return figure;
  }

  /** How the texts it reads are written; empty where it reads none. */
  public Optional<DecodingMode> decoding() {
    return Optional.ofNullable(decoding);
  }

  /** In percent, over all texts. */
  public double percent(List<Prediction> texts) {
    return 100 * texts.stream().mapToDouble(this::mark).average().orElseThrow();
  }

  private double mark(Prediction text) {
    if (marksAnswers()) {
      return Grader.namesWantedOption(text) ? 1 : 0;
    }
    return StemmedRougeL.f(text.text(), text.target());
  }
}
