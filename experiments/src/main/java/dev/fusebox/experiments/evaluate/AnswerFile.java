package dev.fusebox.experiments.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.data.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of answers, in one of the three forms that are about: mm-cot's, GPT-3's, and Fusebox's
 * own.
 */
public sealed interface AnswerFile {

  /**
   * mm-cot's {@code predictions_ans_test.json}: texts without ids, in the order of the split.
   *
   * @param file where it was read
   * @param written {@code preds}
   * @param targets {@code labels}
   */
  record Positions(Path file, List<String> written, List<String> targets) implements AnswerFile {

    public Positions {
      written = List.copyOf(written);
      targets = List.copyOf(targets);
      if (written.size() != targets.size()) {
        throw new UserError(
            "%s: preds and labels must be equally many, found %,d and %,d"
                .formatted(file, written.size(), targets.size()));
      }
    }
  }

  /**
   * The result files of ScienceQA's authors: {@code results} maps a problem's id to an option.
   *
   * @param file where it was read
   * @param options problem id → option, counted from 0
   */
  record Options(Path file, Map<String, Integer> options) implements AnswerFile {}

  /**
   * {@code predictions.jsonl}: a {@link Prediction} on each line.
   *
   * @param file where it was read
   * @param predictions its lines
   */
  record Lines(Path file, List<Prediction> predictions) implements AnswerFile {}

  /** Where it was read. */
  Path file();

  /**
   * Reads a file of any of the forms.
   *
   * @throws UserError with the forms known, if it is none of them
   */
  static AnswerFile read(Path file) throws IOException {
    return file.toString().endsWith(".jsonl") ? lines(file) : object(file);
  }

  private static AnswerFile object(Path file) throws IOException {
    List<String> written = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    Map<String, Integer> options = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    JsonReader.read(
        file,
        reader -> {
          reader.fields(
              "a file of answers",
              "field",
              name -> {
                names.add(name);
                switch (name) {
                  case "preds" -> written.addAll(reader.texts("preds"));
                  case "labels" -> targets.addAll(reader.texts("labels"));
                  case "results" ->
                      reader.fields(
                          "results",
                          "problem",
                          id -> options.put(id, reader.integer("the option of problem " + id)));
                  default -> reader.skip();
                }
              });
          return names;
        });
    if (names.contains("preds") && names.contains("labels")) {
      return new Positions(file, written, targets);
    }
    if (names.contains("results")) {
      return new Options(file, options);
    }
    throw new UserError(
        file
            + ": not a file of answers: expected preds and labels (mm-cot), results (GPT-3 on"
            + " ScienceQA), or lines of id, text, target in a .jsonl; found "
            + (names.isEmpty() ? "no field" : String.join(", ", names)));
  }

  private static AnswerFile lines(Path file) throws IOException {
    ObjectReader json = new ObjectMapper().readerFor(Prediction.class);
    List<Prediction> predictions = new ArrayList<>();
    List<String> lines = readLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        predictions.add(line(json, file, i + 1, lines.get(i)));
      }
    }
    return new Lines(file, predictions);
  }

  private static List<String> readLines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": there is no such file", e);
    }
  }

  private static Prediction line(ObjectReader json, Path file, int number, String line) {
    try {
      Prediction prediction = json.readValue(line);
      if (prediction.id() != null && prediction.text() != null) {
        return prediction;
      }
      throw new UserError(file + ": line " + number + ": id and text are needed");
    } catch (JsonProcessingException e) {
      throw new UserError(
          "%s: line %d: not a prediction (id, text, target): %s"
              .formatted(file, number, e.getOriginalMessage()),
          e);
    }
  }
}
