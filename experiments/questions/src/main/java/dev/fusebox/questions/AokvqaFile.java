package dev.fusebox.questions;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One split of A-OKVQA: a list of questions. */
final class AokvqaFile {

  private static final List<String> REQUIRED = List.of("question_id", "question", "choices");
  private static final List<String> FIELDS =
      List.of(
          "question_id",
          "image_id",
          "question",
          "choices",
          "correct_choice_idx",
          "rationales",
          "direct_answers",
          "difficult_direct_answer",
          "split");
  private static final int NO_ANSWER = -1;

  /** Columns: questions that are asked for an answer in words too, and those that are too hard. */
  private static final String DIRECT = "DIRECT";

  private static final String DIFFICULT = "DIFFICULT";

  private final Path file;
  private final JsonReader reader;
  private final Map<String, String> captions;
  private final Map<String, Path> seen;
  private final Said said;
  private final List<Draft> drafts = new ArrayList<>();

  /**
   * What questions bring besides: both grow while files are read.
   *
   * @param direct question id → what people answered, of questions that are not too hard for that
   * @param tags question id → {@link #DIRECT} or {@link #DIFFICULT}
   */
  record Said(Map<String, List<String>> direct, Map<String, List<String>> tags) {}

  private AokvqaFile(
      Path file,
      JsonReader reader,
      Map<String, String> captions,
      Map<String, Path> seen,
      Said said) {
    this.said = said;
    this.file = file;
    this.reader = reader;
    this.captions = captions;
    this.seen = seen;
  }

  /**
   * Reads every question.
   *
   * @param captions question id → caption, for questions that have one
   * @param seen question id → the file it stands in; this file's questions join
   * @param said takes what the questions bring besides
   * @return in the order of the file; empty if no question has an answer
   */
  static Optional<List<Question>> read(
      Path file, Map<String, String> captions, Map<String, Path> seen, Said said)
      throws IOException {
    return JsonReader.read(
        file, reader -> new AokvqaFile(file, reader, captions, seen, said).questions());
  }

  private Optional<List<Question>> questions() throws IOException {
    reader.elements("the file", number -> drafts.add(new Draft(number).read()));
    if (drafts.stream().allMatch(draft -> draft.answer == NO_ANSWER)) {
      return Optional.empty();
    }
    drafts.stream()
        .filter(draft -> draft.answer == NO_ANSWER)
        .forEach(draft -> draft.complain("must have correct_choice_idx, as others here do"));
    return Optional.of(drafts.stream().filter(Draft::sound).map(Draft::question).toList());
  }

  /** A question while its fields come in. */
  private final class Draft {

    private final String number;
    private String id = "";
    private String question = "";
    private List<String> choices = List.of();
    private List<String> rationales = List.of();
    private List<String> direct = List.of();
    private Optional<Boolean> difficult = Optional.empty();
    private int answer = NO_ANSWER;

    Draft(String number) {
      this.number = number;
    }

    Draft read() throws IOException {
      List<String> missing = new ArrayList<>(REQUIRED);
      reader.fields(
          name(),
          name() + ": field",
          field -> {
            missing.remove(field);
            read(field);
          });
      if (!missing.isEmpty()) {
        complain("must have " + String.join(", ", missing));
        return this;
      }
      checkId();
      checkChoices();
      return this;
    }

    private void read(String field) throws IOException {
      String what = name() + ": " + field;
      switch (field) {
        case "question_id" -> id = reader.text(what);
        case "question" -> question = reader.text(what);
        case "choices" -> choices = reader.texts(what);
        case "rationales" -> rationales = reader.texts(what);
        case "direct_answers" -> direct = reader.texts(what);
        case "difficult_direct_answer" ->
            difficult = Optional.of(reader.scalar(what).equals("true"));
        case "correct_choice_idx" -> answer = reader.integer(what);
        default -> skip(field);
      }
    }

    private void skip(String field) throws IOException {
      if (!FIELDS.contains(field)) {
        String hint = Spelling.hint(field, FIELDS);
        String known = hint.isEmpty() ? "; known: " + String.join(", ", FIELDS) : hint;
        complain("unknown field " + field + known);
      }
      reader.skip();
    }

    private void checkId() {
      if (!Question.isId(id)) {
        complain(Question.ID_RULE);
      }
      if (question.isBlank()) {
        complain("question must be a text, found none");
      }
      Path before = seen.putIfAbsent(id, file);
      if (before != null) {
        complain("stands twice" + (before.equals(file) ? "" : ", in " + before + " too"));
      }
    }

    private void checkChoices() {
      if (choices.size() < 2 || choices.size() > Question.MOST_CHOICES) {
        complain("must have 2 to " + Question.MOST_CHOICES + " choices, found " + choices.size());
      } else if (answer != NO_ANSWER && !sound()) {
        complain(
            "correct_choice_idx must count one of its %d choices from 0, found %d"
                .formatted(choices.size(), answer));
      }
    }

    boolean sound() {
      return choices.size() >= 2
          && choices.size() <= Question.MOST_CHOICES
          && answer >= 0
          && answer < choices.size();
    }

    private String name() {
      return "question " + (id.isEmpty() ? "number " + number : id);
    }

    private void complain(String message) {
      reader.problem(name() + ": " + message);
    }

    /** Of several rationales the first is taken; every question is about a picture. */
    Question question() {
      difficult.ifPresent(hard -> said.tags().put(id, List.of(hard ? DIFFICULT : DIRECT)));
      if (!difficult.orElse(false) && !direct.isEmpty()) {
        said.direct().put(id, direct);
      }
      return new Question(
          id,
          question,
          choices,
          answer,
          "",
          true,
          "",
          rationales.isEmpty() ? "" : rationales.get(0),
          "",
          "",
          captions.getOrDefault(id, ""));
    }
  }
}
