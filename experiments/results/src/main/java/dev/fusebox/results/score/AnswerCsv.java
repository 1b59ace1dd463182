package dev.fusebox.results.score;

import dev.fusebox.file.TextFile;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Answers as a spreadsheet writes them: a header, then a line for each question. */
final class AnswerCsv {

  private static final List<String> IDS = List.of("id", "question_id", "problem_id", "qid", "pid");
  private static final List<String> ANSWERS =
      List.of("answer", "text", "prediction", "pred", "output");

  private final Path file;
  private final Map<String, String> answers = new LinkedHashMap<>();

  private AnswerCsv(Path file) {
    this.file = file;
  }

  /** Whether a file's name says that it is one. */
  static boolean isMeantBy(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.[ct]sv");
  }

  /**
   * The answers by the ids of their questions, in the order of the file.
   *
   * @throws UserError that names the line, if a column is missing or a question stands twice
   */
  static Map<String, String> read(Path file) throws IOException {
    CSVFormat format =
        file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv")
            ? CSVFormat.TDF
            : CSVFormat.DEFAULT;
    AnswerCsv read = new AnswerCsv(file);
    try (CSVParser lines = format.parse(TextFile.open(file))) {
      read.lines(lines);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        throw new UserError(file + ": not whole CSV: " + e.getCause().getMessage(), e);
      }
      throw e.getCause();
    }
    return read.answers;
  }

  private void lines(CSVParser lines) {
    int id = -1;
    int answer = -1;
    for (CSVRecord line : lines) {
      if (line.getRecordNumber() == 1) {
        id = column("the question", IDS, line);
        answer = column("the answer", ANSWERS, line);
      } else if (line.size() > 1 || !line.get(0).isBlank()) {
        answer(line, lines.getCurrentLineNumber(), id, answer);
      }
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

  private void answer(CSVRecord line, long number, int id, int answer) {
    if (line.size() <= Math.max(id, answer)) {
      throw new UserError(
          "%s: line %d: must have a value in each column, found %d: %s"
              .formatted(file, number, line.size(), line.toList()));
    }
    if (answers.putIfAbsent(line.get(id).strip(), line.get(answer).strip()) != null) {
      throw new UserError(
          "%s: line %d: question %s stands twice".formatted(file, number, line.get(id)));
    }
  }
}
