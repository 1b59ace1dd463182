package dev.fusebox.training.recipe;

import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.prompt.OutputFormat;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.training.catalogue.FusionSettings;
import java.util.Optional;

/**
 * {@code pipeline.<name>}: a model that reads one format and writes another.
 *
 * @param format input and output by letters, as {@code QCM-A}: Question, Context, Multiple choices,
 *     Lecture, Explanation, Generated rationale, Answer
 * @param source longest input, in tokens
 * @param target longest output, in tokens
 * @param from the stage whose text is this one's {@code G}; of an input without {@code G}, the
 *     stage whose lecture joins the context as a passage does
 * @param trainOn what {@code G} is while learning: the gold text, or what the earlier stage wrote
 * @param goldLecture whether the gold text of {@code G} begins with the lecture, as in mm-cot,
 *     whose first stage writes the solution alone all the same
 * @param start what its training begins from, where there is a pretraining
 * @param retrieval passages that join the context
 * @param shots solved questions that stand before it
 */
public record StageSettings(
    PromptFormat format,
    Length source,
    Length target,
    Optional<String> from,
    UpstreamText trainOn,
    boolean goldLecture,
    Start start,
    Optional<RetrievalSettings> retrieval,
    ShotSettings shots,
    FeatureSettings features,
    Control control,
    FusionSettings fusion,
    ModelSettings model,
    TrainingSettings training,
    DecodingSettings decoding) {

  public StageSettings {
    boolean passages =
        retrieval.isPresent() || (from.isPresent() && !format.input().readsRationale());
    if (passages && !format.input().readsContext()) {
      throw new IllegalArgumentException(
          "format must have a C in its input where passages are read, found " + format);
    }
    if (shots.choice() == ShotSettings.Choice.NEAREST_PICTURE
        && features.readsPixels()
        && !fusion.isNone()) {
      throw new IllegalArgumentException(
          "shots.choice must be random or nearest where vectors are made by a backbone in the loop, found nearest-picture with features = "
              + features.label());
    }
    requireAnswers(format, training.validation().metric());
    requireOptions(format, training, decoding);
  }

  /** The same that writes in another way. */
  public StageSettings withDecoding(DecodingSettings other) {
    return new StageSettings(
        format,
        source,
        target,
        from,
        trainOn,
        goldLecture,
        start,
        retrieval,
        shots,
        features,
        control,
        fusion,
        model,
        training,
        other);
  }

  /** The same that ranks the options, where it would write its answer. */
  public StageSettings ranking() {
    return decoding.mode().ranks()
        ? this
        : withDecoding(DecodingSettings.greedy(DecodingMode.RANKED, 0, decoding.batch()));
  }

  private static void requireAnswers(PromptFormat format, ValidationMetric metric) {
    if (metric.marksAnswers() && !metric.ranks() && !format.output().writesAnswer()) {
      throw new IllegalArgumentException(
          "training.validation.metric must be loss or a rouge-l where the stage writes no answer, as in "
              + format);
    }
  }

  private static void requireOptions(
      PromptFormat format, TrainingSettings training, DecodingSettings decoding) {
    OutputFormat output = format.output();
    if (output == OutputFormat.T && !decoding.mode().ranks()) {
      throw new IllegalArgumentException(
          "decoding.mode must be ranked or ranked-per-token where the stage's output is an option's"
              + " text, as in "
              + format);
    }
    if (ranks(training, decoding) && !output.isAnswerAlone()) {
      throw new IllegalArgumentException(
          "format must have the output A or T where options are ranked, found " + format);
    }
  }

  private static boolean ranks(TrainingSettings training, DecodingSettings decoding) {
    return decoding.mode().ranks()
        || training.loss().ranking().isPresent()
        || training.validation().metric().ranks();
  }

  /** Whether it reads what another stage recites, in the place of a passage. */
  public boolean readsRecited() {
    return from.isPresent() && !format.input().readsRationale();
  }

  /** Whether it reads what another stage has written, or would have. */
  public boolean readsAnother() {
    return from.isPresent() || format.input().readsRationale();
  }

  /** Whether the options of a question are compared, in training, validation or decoding. */
  public boolean ranks() {
    return ranks(training, decoding);
  }

  /**
   * Whether vectors of a picture reach the model: a source of them, and a fusion to take them in.
   */
  public boolean seesPictures() {
    return features.source().hasVectors() && !fusion.isNone();
  }

  /** Whether solved questions before a question are shown with their pictures. */
  public boolean seesPicturesOfShots() {
    return seesPictures() && shots.count() > 0 && shots.pictures();
  }

  /** What a stage's training begins from. */
  public enum Start {
    /** What the experiment's pretraining made, if it has one. */
    PRETRAINING,
    /** The model as it is: its checkpoint, or fresh weights. */
    MODEL
  }

  /**
   * A limit on a text.
   *
   * @param maxTokens the end mark included
   */
  public record Length(int maxTokens) {
    public Length {
      if (maxTokens < 2) {
        throw new IllegalArgumentException("maxTokens must be at least 2, found " + maxTokens);
      }
    }
  }
}
