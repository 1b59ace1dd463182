package dev.fusebox.training.work;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.SampledAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code sampled.jsonl}: a line for each answer from one of several rationales. */
public final class SampledFile {

  /** Its usual name. */
  public static final String NAME = "sampled.jsonl";

  private static final RecordLines<SampledAnswer> LINES =
      new RecordLines<>(SampledAnswer.class, "sample, id, option and probabilities");

  private SampledFile() {}

  static List<SampledAnswer> answers(int sample, Predicted predicted) {
    Map<String, List<Double>> options = new HashMap<>();
    for (OptionProbabilities each : predicted.options()) {
      options.put(each.id(), each.probabilities());
    }
    List<SampledAnswer> answers = new ArrayList<>();
    for (Prediction each : predicted.predictions()) {
      answers.add(
          new SampledAnswer(
              sample,
              each.id(),
              AnswerPattern.option(each.text()).orElse(ChangedAnswer.NONE),
              options.getOrDefault(each.id(), List.of())));
    }
    return answers;
  }

  /**
   * Reads them.
   *
   * @throws UserError if a line has other fields
   */
  public static List<SampledAnswer> read(Path file) throws IOException {
    return LINES.read(file);
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<SampledAnswer> answers) throws IOException {
    LINES.write(file, answers);
  }
}
