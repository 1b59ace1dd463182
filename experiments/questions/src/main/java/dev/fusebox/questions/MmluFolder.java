package dev.fusebox.questions;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * MMLU (Hendrycks et al. 2021) as published: {@code SPLIT/SUBJECT_SPLIT.csv} without headings,
 * question, four options, letter; {@code auxiliary_train} holds files of other names. Subjects are
 * the columns of tables.
 */
final class MmluFolder {

  private static final List<String> SPLITS = List.of("auxiliary_train", "dev", "val", "test");
  private static final int OPTIONS = 4;

  private MmluFolder() {}

  /** Whether one of the folders lies there, with such a file in it. */
  static boolean isIn(Path root) throws IOException {
    return !files(root, "test").isEmpty() || !files(root, "val").isEmpty();
  }

  private static List<Path> files(Path root, String split) throws IOException {
    Path folder = root.resolve(split);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".csv")).sorted().toList();
    }
  }

  /**
   * Opens a data directory.
   *
   * @throws UserError for the first fault of the files, named by file and line
   */
  static Dataset open(Path root) throws IOException {
    Map<String, List<Question>> splits = new LinkedHashMap<>();
    Map<String, List<String>> tags = new LinkedHashMap<>();
    List<Path> read = new ArrayList<>();
    for (String split : SPLITS) {
      List<Path> files = files(root, split);
      List<Question> questions = new ArrayList<>();
      for (Path file : files) {
        String subject = subject(file, split);
        List<Question> own = questions(file, subject + "-" + split + "-");
        own.forEach(question -> tags.put(question.id(), List.of(subject)));
        questions.addAll(own);
      }
      if (!files.isEmpty()) {
        splits.put(split, questions);
        read.addAll(files);
      }
    }
    return TaggedDataset.of(root, splits, tags, read);
  }

  private static String subject(Path file, String split) {
    return file.getFileName().toString().replaceFirst("(_" + split + ")?\\.csv$", "");
  }

  private static List<Question> questions(Path file, String prefix) throws IOException {
    List<Question> questions = new ArrayList<>();
    CsvFile.read(
        file,
        (values, line) -> questions.add(question(file, values, prefix + values.getRecordNumber())));
    return questions;
  }

  private static Question question(Path file, CSVRecord line, String id) {
    String letter = line.get(line.size() - 1).strip();
    if (line.size() != OPTIONS + 2 || !letter.matches("[A-D]")) {
      throw new UserError(
          "%s: record %d: must have a question, 4 options and a letter from A to D, found %d values, the last \"%s\""
              .formatted(file, line.getRecordNumber(), line.size(), letter));
    }
    return new Question(
        id,
        line.get(0),
        line.toList().subList(1, OPTIONS + 1),
        letter.charAt(0) - 'A',
        "",
        false,
        "",
        "",
        "",
        "",
        "");
  }
}
