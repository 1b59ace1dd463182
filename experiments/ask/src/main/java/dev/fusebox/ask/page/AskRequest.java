package dev.fusebox.ask.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fusebox.ask.Asking;
import dev.fusebox.ask.ChosenPicture;
import dev.fusebox.ask.FinishedRun;
import dev.fusebox.ask.QuestionIndex;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the page asks for, as it comes.
 *
 * @param runs ids of the runs that are asked
 * @param from id of the question of the data that it was made from, or null
 * @param question the text
 * @param choices the options
 * @param hint the context, or null
 * @param right index of the right option, or null where nobody knows
 * @param picture which
 * @param rationale what the last stage reads, or null
 */
record AskRequest(
    List<String> runs,
    String from,
    String question,
    List<String> choices,
    String hint,
    Integer right,
    WantedPicture picture,
    String rationale) {

  private static final int BAD = 400;
  private static final int LONGEST = 8000; // characters
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * A picture by kind.
   *
   * @param kind own, none, of or upload
   * @param id of the other question or the upload; else null
   */
  record WantedPicture(String kind, String id) {}

  AskRequest {
    require(runs != null && !runs.isEmpty(), "choose at least one run");
    require(question != null && !question.isBlank(), "the question has no text");
    require(
        choices != null && choices.size() >= 2 && choices.size() <= Question.MOST_CHOICES,
        "a question has 2 to " + Question.MOST_CHOICES + " options");
    require(
        choices.stream().noneMatch(each -> each == null || each.isBlank()), "an option is empty");
    require(
        right == null || (right >= 0 && right < choices.size()),
        "the right option must be one of the options");
    int length =
        Stream.concat(Stream.of(question, or(hint), or(rationale)), choices.stream())
            .mapToInt(String::length)
            .sum(); // of a body that is far shorter than an int can count
    require(length <= LONGEST, "question, options, context and rationale are too long together");
    runs = List.copyOf(runs);
    choices = List.copyOf(choices);
  }

  private static String or(String text) {
    return text == null ? "" : text;
  }

  private static void require(boolean kept, String message) {
    if (!kept) {
      throw new Refusal(BAD, message);
    }
  }

  /** Reads it. */
  static AskRequest of(byte[] body) {
    return read(body, AskRequest.class);
  }

  /** Reads a record of the page's. */
  static <T> T read(byte[] body, Class<T> type) {
    try {
      T read = JSON.readValue(body, type);
      require(read != null, "an object was expected");
      return read;
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new Refusal(BAD, "not a request that the page sends: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new Refusal(BAD, "not a request that the page sends", e);
    }
  }

  /** The runs that are asked, each once. */
  List<FinishedRun> among(List<FinishedRun> known) {
    List<FinishedRun> asked = known.stream().filter(run -> runs.contains(run.id())).toList();
    require(asked.size() == runs.stream().distinct().count(), "there is no such run");
    return asked;
  }

  /** The question that it was made from. */
  Optional<Question> origin(QuestionIndex index) {
    require(from == null || index.find(from).isPresent(), "there is no such question");
    return Optional.ofNullable(from).flatMap(index::find);
  }

  /** The same in the terms of runs. */
  Asking asking(QuestionIndex index, Uploads uploads) {
    Optional<Question> origin = origin(index);
    Question changed =
        new Question(
            origin.map(Question::id).orElse(Asking.TYPED),
            question,
            choices,
            right == null ? 0 : right,
            or(hint),
            origin.map(Question::picture).orElse(false),
            origin.map(Question::lecture).orElse(""),
            origin.map(Question::solution).orElse(""),
            origin.map(Question::subject).orElse(""),
            origin.map(Question::grade).orElse(""),
            origin.map(Question::caption).orElse(""));
    return new Asking(
        changed,
        chosen(index, uploads),
        Optional.ofNullable(rationale),
        right == null ? OptionalInt.empty() : OptionalInt.of(right));
  }

  private ChosenPicture chosen(QuestionIndex index, Uploads uploads) {
    String kind = picture == null ? "own" : String.valueOf(picture.kind());
    String id = picture == null || picture.id() == null ? "" : picture.id();
    return switch (kind) {
      case "own" -> new ChosenPicture.Own();
      case "none" -> new ChosenPicture.None();
      case "of" ->
          new ChosenPicture.Of(
              index.find(id).orElseThrow(() -> new Refusal(BAD, "there is no question " + id)));
      case "upload" -> new ChosenPicture.Given(uploads.file(id));
      default -> throw new Refusal(BAD, "a picture is own, none, of or upload");
    };
  }
}
