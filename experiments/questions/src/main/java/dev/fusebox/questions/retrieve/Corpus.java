package dev.fusebox.questions.retrieve;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.TextFile;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts to search: a text file with one passage per line, a {@code .jsonl} file with a field {@code
 * text} per line, or a folder of such files. Empty passages are left out, and of equal ones all but
 * the first.
 */
public final class Corpus {

  private Corpus() {}

  /**
   * Reads all passages, the files of a folder in the order of their names.
   *
   * @throws UserError if there is no passage, or a file cannot be read as text
   */
  public static List<String> read(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new UserError(path + ": there is no such file or folder of passages");
    }
    List<String> passages = new ArrayList<>();
    for (Path file : files(path)) {
      passages.addAll(passages(file));
    }
    List<String> distinct = distinct(passages);
    if (distinct.isEmpty()) {
      throw new UserError(path + ": holds no passages; one per line is expected");
    }
    return distinct;
  }

  static List<String> distinct(List<String> passages) {
    return passages.stream().map(String::strip).filter(text -> !text.isEmpty()).distinct().toList();
  }

  private static List<Path> files(Path path) throws IOException {
    try (Stream<Path> found = Files.walk(path)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<String> passages(Path file) throws IOException {
    if (file.toString().endsWith(".jsonl")) {
      return texts(file);
    }
    return TextFile.lines(file);
  }

  private static List<String> texts(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    JsonReader.readLines(
        file,
        reader -> {
          int before = texts.size();
          reader.fields(
              "the line",
              "field",
              field -> {
                if (field.equals("text")) {
                  texts.add(reader.text(field));
                } else {
                  reader.skip();
                }
              });
          if (texts.size() == before) {
            throw reader.error("must have a field text");
          }
        });
    return texts;
  }
}
