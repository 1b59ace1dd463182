package dev.fusebox.results.score;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** Answers as a spreadsheet writes them: a header, then a line for each question. */
final class AnswerCsv {

  private static final List<String> IDS = List.of("id", "question_id", "problem_id", "qid", "pid");
  private static final List<String> ANSWERS =
      List.of("answer", "text", "prediction", "pred", "output");

  private final Path file;
  private final Map<String, String> answers = new LinkedHashMap<>();
  private int id = -1; // its column, once the header is read
  private int answer;

  private AnswerCsv(Path file) {
    this.file = file;
  }

  /**
   * The answers by the ids of their questions, in the order of the file.
   *
   * @throws UserError that names the line, if a column is missing or a question stands twice
   */
  static Map<String, String> read(Path file) throws IOException {
    AnswerCsv read = new AnswerCsv(file);
    CsvFile.read(file, read::take);
    return read.answers;
  }

  private void take(CSVRecord values, long line) {
    if (id < 0) {
      id = column("the question", IDS, values);
      answer = column("the answer", ANSWERS, values);
    } else if (values.size() > 1 || !values.get(0).isBlank()) {
      add(values, line);
    }
  }

  private int column(String what, List<String> names, CSVRecord header) {
    List<String> found =
        header.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    return names.stream()
        .map(found::indexOf)
        .filter(place -> place >= 0)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "%s: line 1: no column names %s: one of %s is expected in the header, found %s"
                        .formatted(file, what, String.join(", ", names), header.toList())));
  }

  private void add(CSVRecord values, long line) {
    if (values.size() <= Math.max(id, answer)) {
      throw new UserError(
          "%s: line %d: must have a value in each column, found %d: %s"
              .formatted(file, line, values.size(), values.toList()));
    }
    if (answers.putIfAbsent(values.get(id).strip(), values.get(answer).strip()) != null) {
      throw new UserError(
          "%s: line %d: question %s stands twice".formatted(file, line, values.get(id)));
    }
  }
}
