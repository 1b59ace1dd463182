package dev.fusebox.questions;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * BIG-Bench Hard (Suzgun et al. 2022) as published: {@code TASK.json} of {@code examples} with
 * {@code input} and {@code target}. A question's options stand in its input, as {@code (A) …} or
 * {@code - …}; or they are the few words that are the targets of its task. Tasks whose answers are
 * free are passed over. Tasks are the columns of tables.
 */
final class BbhFolder {

  private static final Pattern LISTED = Pattern.compile("(?m)^(?:\\(([A-Z])\\)|-) ?(.*)$");
  private static final String OPTIONS = "\nOptions:\n";
  private static final int FEW = 4;

  private BbhFolder() {}

  private record Example(String input, String target) {}

  /** Whether one of the files lies there. */
  static boolean isIn(Path root) throws IOException {
    for (Path file : files(root)) {
      if (hasExamples(file)) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".json")).sorted().toList();
    }
  }

  private static boolean hasExamples(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.limit(5).anyMatch(line -> line.contains("\"examples\""));
    } catch (UncheckedIOException e) {
      return false; // not UTF-8, and so none of these files
    }
  }

  /**
   * Opens a data directory.
   *
   * @throws UserError for every fault of a file
   */
  static Dataset open(Path root) throws IOException {
    List<Question> questions = new ArrayList<>();
    Map<String, List<String>> tags = new LinkedHashMap<>();
    List<Path> read = new ArrayList<>();
    for (Path file : files(root)) {
      if (hasExamples(file)) {
        read.add(file);
        String task = file.getFileName().toString().replaceFirst("\\.json$", "");
        for (Question question : questions(task, examples(file))) {
          questions.add(question);
          tags.put(question.id(), List.of(task));
        }
      }
    }
    if (questions.isEmpty()) {
      throw new UserError(
          root + ": no task there has answers that are options; known files: " + read);
    }
    return TaggedDataset.of(root, Map.of("test", questions), tags, read);
  }

  private static List<Example> examples(Path file) throws IOException {
    return JsonReader.read(
        file,
        reader -> {
          List<Example> examples = new ArrayList<>();
          reader.fields(
              "the file",
              "field",
              name -> {
                if (name.equals("examples")) {
                  reader.elements(name, number -> examples.add(example(reader, number)));
                } else {
                  reader.skip();
                }
              });
          return examples;
        });
  }

  private static Example example(JsonReader reader, String number) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    reader.fields("example " + number, "field", name -> texts.put(name, reader.text(name)));
    if (!texts.containsKey("input") || !texts.containsKey("target")) {
      reader.problem("example " + number + ": must have input and target");
    }
    return new Example(texts.getOrDefault("input", ""), texts.getOrDefault("target", ""));
  }

  private static List<Question> questions(String task, List<Example> examples) {
    List<String> targets =
        List.copyOf(new TreeSet<>(examples.stream().map(Example::target).toList()));
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      String id = task + "-" + (i + 1);
      if (example.input().contains(OPTIONS)) {
        listed(id, example, questions);
      } else if (targets.size() >= 2 && targets.size() <= FEW) {
        questions.add(question(id, example.input(), targets, targets.indexOf(example.target())));
      }
    }
    return questions;
  }

  /** One whose target is none of its options has no answer to be marked by. */
  private static void listed(String id, Example example, List<Question> into) {
    int at = example.input().lastIndexOf(OPTIONS);
    List<String> options = new ArrayList<>();
    int answer = -1;
    Matcher option = LISTED.matcher(example.input().substring(at + OPTIONS.length()));
    while (option.find()) {
      String words = option.group(2).strip();
      boolean named =
          example.target().equals("(" + option.group(1) + ")") || example.target().equals(words);
      answer = named ? options.size() : answer;
      options.add(words);
    }
    if (answer >= 0 && options.size() >= 2) {
      into.add(question(id, example.input().substring(0, at), options, answer));
    }
  }

  private static Question question(String id, String text, List<String> options, int answer) {
    return new Question(id, text.strip(), options, answer, "", false, "", "", "", "", "");
  }
}
