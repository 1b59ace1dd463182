package dev.fusebox.questions;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** ScienceQA's {@code problems.json}: problem id → its fields. */
final class ProblemsFile {

  private static final List<String> REQUIRED = List.of("question", "choices", "answer");
  private static final List<String> FIELDS =
      List.of(
          "question",
          "choices",
          "answer",
          "hint",
          "image",
          "task",
          "grade",
          "subject",
          "topic",
          "category",
          "skill",
          "lecture",
          "solution",
          "split");

  /** What problems of M3CoT have besides. */
  private static final List<String> MORE_FIELDS = List.of("domain", "id", "image_id", "image_path");

  private final JsonReader reader;
  private final Map<String, String> captions;
  private final Map<String, List<String>> domains;
  private final Map<String, String> topics;

  private ProblemsFile(
      JsonReader reader,
      Map<String, String> captions,
      Map<String, List<String>> domains,
      Map<String, String> topics) {
    this.reader = reader;
    this.captions = captions;
    this.domains = domains;
    this.topics = topics;
  }

  /**
   * Reads every problem.
   *
   * @param captions problem id → caption, for problems that have one
   * @param domains takes problem id → its domain and topic, as problems of M3CoT (Chen et al. 2024)
   *     have them in this layout
   * @param topics takes problem id → its topic, of problems that have one
   * @return in the order of the file, by id
   */
  static Map<String, Question> read(
      Path file,
      Map<String, String> captions,
      Map<String, List<String>> domains,
      Map<String, String> topics)
      throws IOException {
    return JsonReader.read(
        file, reader -> new ProblemsFile(reader, captions, domains, topics).problems());
  }

  private Map<String, Question> problems() throws IOException {
    Map<String, Question> problems = new LinkedHashMap<>();
    reader.fields(
        "the file",
        "problem",
        id -> new Draft(id).read().ifPresent(question -> problems.put(id, question)));
    return problems;
  }

  /** A problem while its fields come in. */
  private final class Draft {

    private final String id;
    private final Map<String, String> texts = new HashMap<>();
    private List<String> choices = List.of();
    private int answer;

    Draft(String id) {
      this.id = id;
    }

    Optional<Question> read() throws IOException {
      if (!Question.isId(id)) {
        complain(Question.ID_RULE);
      }
      List<String> missing = new ArrayList<>(REQUIRED);
      reader.fields(
          "problem " + id,
          "problem " + id + ": field",
          field -> {
            missing.remove(field);
            read(field);
          });
      boolean complete = missing.isEmpty();
      if (!complete) {
        complain("must have " + String.join(", ", missing));
      }
      if (complete && text("question").isBlank()) {
        complain("question must be a text, found none");
      }
      return complete && hasChoices() && hasAnswer() ? Optional.of(question()) : Optional.empty();
    }

    private void read(String field) throws IOException {
      String what = "problem " + id + ": " + field;
      if (field.equals("choices")) {
        choices = reader.texts(what);
      } else if (field.equals("answer")) {
        answer = reader.integer(what);
      } else if (FIELDS.contains(field) || MORE_FIELDS.contains(field)) {
        texts.put(field, reader.text(what));
      } else {
        complain(unknown(field));
        reader.skip();
      }
    }

    private String unknown(String field) {
      String hint = Spelling.hint(field, FIELDS);
      return "unknown field "
          + field
          + (hint.isEmpty() ? "; known: " + String.join(", ", FIELDS) : hint);
    }

    private boolean hasChoices() {
      boolean known = choices.size() >= 2 && choices.size() <= Question.MOST_CHOICES;
      if (!known) {
        complain("must have 2 to " + Question.MOST_CHOICES + " choices, found " + choices.size());
      }
      return known;
    }

    private boolean hasAnswer() {
      boolean known = answer >= 0 && answer < choices.size();
      if (!known) {
        complain(
            "answer must count one of its %d choices from 0, found %d"
                .formatted(choices.size(), answer));
      }
      return known;
    }

    private void complain(String message) {
      reader.problem("problem " + id + ": " + message);
    }

    private Question question() {
      if (!text("domain").isEmpty()) {
        domains.put(
            id,
            Stream.of(text("domain"), text("topic"))
                .filter(kind -> !kind.isEmpty())
                .distinct()
                .toList());
      }
      if (!text("topic").isEmpty()) {
        topics.put(id, text("topic"));
      }
      return new Question(
          id,
          text("question"),
          choices,
          answer,
          text("hint"),
          !text("image").isEmpty(),
          text("lecture"),
          text("solution"),
          text("subject"),
          text("grade"),
          captions.getOrDefault(id, ""));
    }

    private String text(String field) {
      return texts.getOrDefault(field, "");
    }
  }
}
