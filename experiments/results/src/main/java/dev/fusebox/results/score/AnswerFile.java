package dev.fusebox.results.score;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.CsvFile;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.prompt.MmCotPredictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of answers, in one of the forms in use. Its content decides which, and not its name, but
 * for {@code .jsonl}, {@code .csv} and {@code .tsv}.
 */
public sealed interface AnswerFile {

  /**
   * mm-cot's {@code predictions_ans_test.json}: texts without ids, in the order of the split.
   *
   * @param file where it was read
   * @param texts its predictions and labels
   */
  record Positions(Path file, MmCotPredictions texts) implements AnswerFile {}

  /**
   * The result files of ScienceQA's authors: {@code results} maps a problem's id to an option, by
   * number or by letter; or such a map alone, or a CSV file of the same.
   *
   * @param file where it was read
   * @param options problem id → option, counted from 0; -1 where none is given
   */
  record Options(Path file, Map<String, Integer> options) implements AnswerFile {}

  /**
   * {@code predictions.jsonl}: a {@link Prediction} on each line. A map of ids to texts reads as
   * such.
   *
   * @param file where it was read
   * @param predictions its lines; none in an empty file
   */
  record PredictionLines(Path file, List<Prediction> predictions) implements AnswerFile {}

  /** Where it was read. */
  Path file();

  /**
   * Reads a file of any of the forms.
   *
   * @throws UserError with the forms known, if it is none of them
   */
  static AnswerFile read(Path file) throws IOException {
    if (CsvFile.isNamedSo(file)) {
      return answers(file, AnswerCsv.read(file));
    }
    AnswerOutline outline = AnswerOutline.of(file);
    if (outline.isLines()) {
      return new PredictionLines(file, PredictionFile.read(file));
    }
    if (outline.fields().contains("preds")) {
      return new Positions(file, MmCotPredictions.read(file));
    }
    if (outline.fields().contains("results")) {
      return map(file, true);
    }
    if (outline.isMap()) {
      return map(file, false);
    }
    throw new UserError(
        file
            + ": not a file of answers: expected preds and labels (mm-cot), results (GPT-3 on"
            + " ScienceQA), an object of ids and answers, lines of id, text, target, or CSV whose"
            + " header names id and answer; found "
            + (outline.fields().isEmpty() ? "no field" : String.join(", ", outline.fields())));
  }

  private static AnswerFile map(Path file, boolean inResults) throws IOException {
    Map<String, String> answers =
        JsonReader.read(
            file,
            reader -> {
              Map<String, String> found = new LinkedHashMap<>();
              if (inResults) {
                reader.fields(
                    "a file of answers",
                    "field",
                    name -> {
                      if (name.equals("results")) {
                        answers(reader, found);
                      } else {
                        reader.skip();
                      }
                    });
              } else {
                answers(reader, found);
              }
              return found;
            });
    return answers(file, answers);
  }

  private static AnswerFile answers(Path file, Map<String, String> answers) {
    return answers.values().stream().allMatch(answer -> answer.matches("-?[0-9]{1,9}|[A-Za-z]?"))
        ? new Options(file, options(answers))
        : new PredictionLines(file, lines(answers));
  }

  private static void answers(JsonReader reader, Map<String, String> into) throws IOException {
    reader.fields(
        "results", "problem", id -> into.put(id, reader.scalar("the answer of problem " + id)));
  }

  private static Map<String, Integer> options(Map<String, String> answers) {
    Map<String, Integer> options = new LinkedHashMap<>();
    answers.forEach((id, answer) -> options.put(id, option(answer)));
    return options;
  }

  private static int option(String answer) {
    if (answer.isEmpty()) {
      return -1;
    }
    return Character.isLetter(answer.charAt(0))
        ? Character.toUpperCase(answer.charAt(0)) - 'A'
        : Integer.parseInt(answer);
  }

  private static List<Prediction> lines(Map<String, String> answers) {
    return answers.entrySet().stream()
        .map(answer -> new Prediction(answer.getKey(), answer.getValue(), null))
        .toList();
  }
}
