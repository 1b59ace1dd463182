package dev.fusebox.questions;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of one question per line: the project's own form, or that of ARC (Clark et al. 2018) and
 * OpenBookQA (Mihaylov et al. 2018), whose {@code question} is an object of {@code stem} and {@code
 * choices}.
 */
final class QuestionLines {

  private static final List<String> FIELDS =
      List.of(
          "id", "question", "options", "answer", "hint", "picture", "rationale", "lecture", "tags");

  /** Of the published files; what is not needed is passed over. */
  private static final List<String> PUBLISHED =
      List.of(
          "answerKey", "fact1", "humanScore", "clarity", "turkIdAnonymized", "category", "skill");

  private final Path file;
  private final Map<String, Path> seen;
  private final Map<String, List<String>> tags;
  private final List<Question> questions = new ArrayList<>();

  private QuestionLines(Path file, Map<String, Path> seen, Map<String, List<String>> tags) {
    this.file = file;
    this.seen = seen;
    this.tags = tags;
  }

  /**
   * Reads every question.
   *
   * @param seen question id → the file it stands in; this file's questions join
   * @param tags question id → its tags; this file's questions join
   */
  static List<Question> read(Path file, Map<String, Path> seen, Map<String, List<String>> tags)
      throws IOException {
    QuestionLines lines = new QuestionLines(file, seen, tags);
    JsonReader.readLines(file, reader -> lines.new Draft(reader).read());
    return lines.questions;
  }

  /** A question while its fields come in. */
  private final class Draft {

    private final JsonReader reader;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<String> labels = new ArrayList<>();
    private List<String> options = new ArrayList<>();
    private List<String> own = List.of();
    private boolean sound = true;

    Draft(JsonReader reader) {
      this.reader = reader;
    }

    void read() throws IOException {
      reader.fields("a question", "field", this::field);
      String id = text("id");
      if (!Question.isId(id)) {
        complain("id is \"%s\": %s".formatted(id, Question.ID_RULE));
      }
      Path before = seen.putIfAbsent(id, file);
      if (before != null) {
        complain("stands twice" + (before.equals(file) ? "" : ", in " + before + " too"));
      }
      if (text("question").isBlank()) {
        complain("must have a question");
      }
      if (options.size() < 2 || options.size() > Question.MOST_CHOICES) {
        complain("must have 2 to " + Question.MOST_CHOICES + " options, found " + options.size());
      }
      int answer = answer();
      if (sound) {
        tags.put(id, own);
        questions.add(question(id, answer));
      }
    }

    private void field(String name) throws IOException {
      switch (name) {
        case "options" -> options = reader.texts(name);
        case "tags" -> own = reader.texts(name);
        case "question" -> question();
        case "answerKey" -> texts.put("answer", reader.scalar(name));
        default -> other(name);
      }
    }

    private void other(String name) throws IOException {
      if (FIELDS.contains(name)) {
        texts.put(name, reader.scalar(name));
        return;
      }
      if (!PUBLISHED.contains(name)) {
        String hint = Spelling.hint(name, FIELDS);
        complain(
            "unknown field "
                + name
                + (hint.isEmpty() ? "; known: " + String.join(", ", FIELDS) : hint));
      }
      reader.skip();
    }

    private void question() throws IOException {
      if (!reader.atObject()) {
        texts.put("question", reader.text("question"));
        return;
      }
      reader.fields(
          "question",
          "field",
          name -> {
            if (name.equals("stem")) {
              texts.put("question", reader.text(name));
            } else if (name.equals("choices")) {
              reader.elements(name, number -> choice());
            } else {
              reader.skip();
            }
          });
    }

    private void choice() throws IOException {
      reader.fields(
          "a choice",
          "field",
          name -> {
            switch (name) {
              case "text" -> options.add(reader.text(name));
              case "label" -> labels.add(reader.scalar(name));
              default -> reader.skip();
            }
          });
    }

    /** By its label, its letter, its number from 0, or its own words; -1 if it is none. */
    private int answer() {
      String given = text("answer");
      int found = labels.indexOf(given);
      if (found < 0 && given.matches("[A-Z]")) {
        found = given.charAt(0) - 'A';
      }
      if (found < 0 && given.matches("[0-9]{1,2}") && !options.contains(given)) {
        found = Integer.parseInt(given);
      }
      if (found < 0) {
        found = options.indexOf(given);
      }
      if (found < 0 || found >= options.size()) {
        complain(
            "answer must be the letter of one of its %d options, its number from 0 or its words, found \"%s\""
                .formatted(options.size(), given));
      }
      return found;
    }

    private Question question(String id, int answer) {
      return new Question(
          id,
          text("question"),
          options,
          answer,
          text("hint"),
          picture(),
          text("lecture"),
          text("rationale"),
          "",
          "",
          "");
    }

    private boolean picture() {
      String given = text("picture");
      if (!given.isEmpty() && !given.equals("true") && !given.equals("false")) {
        complain(
            "picture must be true or false; the file lies in images/SPLIT/%s/image.png or .jpg, found \"%s\""
                .formatted(text("id"), given));
      }
      return given.equals("true");
    }

    private String text(String field) {
      return texts.getOrDefault(field, "");
    }

    private void complain(String message) {
      sound = false;
      String id = text("id");
      reader.problem((id.isEmpty() ? "" : "question " + id + ": ") + message);
    }
  }
}
