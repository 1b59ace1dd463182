package dev.fusebox.questions;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Questions a line each, one file per split: {@code train.jsonl}, {@code val.jsonl}, {@code
 * test.jsonl}, or {@code ARC-Challenge-Train.jsonl} and so on, as many as are there; captions by
 * question id as for ScienceQA. Tags are the columns of tables.
 *
 * @see QuestionLines
 */
final class LinesFolder {

  private static final Pattern FILE =
      Pattern.compile("(?:.*-)?(train|val|validation|dev|test)\\.jsonl", Pattern.CASE_INSENSITIVE);

  private LinesFolder() {}

  /** Whether one of the files lies there. */
  static boolean isIn(Path root) throws IOException {
    return Files.isDirectory(root) && !files(root).isEmpty();
  }

  /** By split. */
  private static Map<String, Path> files(Path root) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(root)) {
      for (Path file : all.sorted().toList()) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches()) {
          Path other = files.put(name.group(1).toLowerCase(Locale.ROOT), file);
          if (other != null) {
            throw new UserError(
                "%s: there is %s for the same split; one of them must lie in another folder"
                    .formatted(file, other.getFileName()));
          }
        }
      }
    }
    return files;
  }

  /**
   * Opens a data directory.
   *
   * @throws UserError for every fault of the files, named by file, line and question id
   */
  static Dataset open(Path root) throws IOException {
    Map<String, Path> files = files(root);
    QuestionExtras extras = new QuestionExtras();
    Optional<Path> captionFile = new DataDirectory(root).find(ScienceQaDataset.CAPTIONS);
    Map<String, String> captions =
        captionFile.isPresent() ? CaptionFile.read(captionFile.get()) : Map.of();
    Map<String, List<Question>> splits = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      List<Question> questions = QuestionLines.read(file.getValue(), extras);
      splits.put(
          file.getKey(),
          questions.stream()
              .map(each -> each.withCaption(captions.getOrDefault(each.id(), "")))
              .toList());
    }
    List<Path> read = new ArrayList<>(files.values());
    captionFile.ifPresent(read::add);
    return TaggedDataset.of(root, splits, extras, read);
  }
}
