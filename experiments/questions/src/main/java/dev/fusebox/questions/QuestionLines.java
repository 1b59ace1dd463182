package dev.fusebox.questions;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of one question per line: the project's own form; that of ARC (Clark et al. 2018) and
 * OpenBookQA (Mihaylov et al. 2018), whose {@code question} is an object of {@code stem} and {@code
 * choices}; or that of M3CoT (Chen et al. 2024), which has {@code choices}, {@code context} and the
 * picture's file, and whose domains and topics are tags.
 */
final class QuestionLines {

  private static final List<String> FIELDS =
      List.of(
          "id",
          "question",
          "options",
          "answer",
          "hint",
          "picture",
          "optionPictures",
          "rationale",
          "lecture",
          "tags",
          "directAnswers");

  /** Of the published files; what is not needed is passed over. */
  private static final List<String> PUBLISHED =
      List.of(
          "answerKey",
          "fact1",
          "humanScore",
          "clarity",
          "turkIdAnonymized",
          "category",
          "skill",
          "image_id",
          "split");

  /** M3CoT's names for what has another one here. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("context", "hint", "image", "picture", "image_path", "picture");

  private static final List<String> KINDS = List.of("domain", "topic");

  private final Path file;
  private final QuestionExtras extras;
  private final List<Question> questions = new ArrayList<>();

  private QuestionLines(Path file, QuestionExtras extras) {
    this.file = file;
    this.extras = extras;
  }

  /**
   * Reads every question.
   *
   * @param extras this file's questions join
   */
  static List<Question> read(Path file, QuestionExtras extras) throws IOException {
    QuestionLines lines = new QuestionLines(file, extras);
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
    private List<String> direct = List.of();
    private NamedPictures pictures = NamedPictures.NONE;
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
      Path before = extras.seen().putIfAbsent(id, file);
      if (before != null) {
        complain("stands twice" + (before.equals(file) ? "" : ", in " + before + " too"));
      }
      if (text("question").isBlank()) {
        complain("must have a question");
      }
      if (options.size() < 2 || options.size() > Question.MOST_CHOICES) {
        complain("must have 2 to " + Question.MOST_CHOICES + " options, found " + options.size());
      }
      pictures.complaints(id, options.size()).forEach(this::complain);
      int answer = answer();
      if (sound) {
        keep(id);
        questions.add(question(id, answer));
      }
    }

    private void keep(String id) {
      List<String> kinds =
          KINDS.stream().map(this::text).filter(kind -> !kind.isEmpty()).distinct().toList();
      extras.tags().put(id, own.isEmpty() ? kinds : own);
      pictures.of(id).forEach((name, own) -> extras.pictures().put(name, pictureFile(own)));
      if (!direct.isEmpty()) {
        extras.directAnswers().put(id, direct);
      }
    }

    /** From the folder of the file on, or from the one around it. */
    private Path pictureFile(String name) {
      Path beside = file.resolveSibling(name).normalize();
      Path folder = file.toAbsolutePath().getParent().getParent();
      Path around = folder == null ? beside : folder.resolve(name).normalize();
      return !Files.exists(beside) && Files.exists(around) ? around : beside;
    }

    private void field(String name) throws IOException {
      switch (name) {
        case "options", "choices" -> options = reader.texts(name);
        case "directAnswers" -> direct = reader.texts(name);
        case "tags" -> own = reader.texts(name);
        case "optionPictures" -> pictures = pictures.ofOptions(reader.texts(name));
        case "question" -> question();
        case "answerKey" -> texts.put("answer", reader.scalar(name));
        default -> other(name);
      }
    }

    private void other(String name) throws IOException {
      String known = OTHER_NAMES.getOrDefault(name, name);
      if (known.equals("picture") && reader.atArray()) {
        pictures = pictures.ofQuestion(reader.texts(name));
        return;
      }
      if (FIELDS.contains(known) || KINDS.contains(known)) {
        String value = reader.scalar(name);
        texts.put(known, value);
        if (known.equals("picture") && !List.of("", "true", "false").contains(value)) {
          pictures = pictures.ofQuestion(List.of(value));
        }
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

    /** Said to be there, or named. */
    private boolean picture() {
      return text("picture").equals("true") || !pictures.question().isEmpty();
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
