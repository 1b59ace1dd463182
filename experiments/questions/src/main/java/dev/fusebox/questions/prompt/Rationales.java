package dev.fusebox.questions.prompt;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.PredictionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an earlier stage wrote, by question id. */
public final class Rationales {

  private static final int SHOWN = 5;

  private final Path file;
  private final Map<String, String> texts;

  private Rationales(Path file, Map<String, String> texts) {
    this.file = file;
    this.texts = texts;
  }

  /**
   * Reads rationales for the questions of a split. Three kinds of file are understood: lines of
   * {@code predictions.jsonl} ({@code id}, {@code text}); an object {@code {id: text}}; and
   * mm-cot's predictions, whose texts belong to the split's questions by position.
   *
   * @param questions the whole split, in its official order
   * @throws UserError if a question has no rationale, or the number of mm-cot's predictions is not
   *     that of the questions
   */
  public static Rationales read(Path file, List<Question> questions) throws IOException {
    Rationales rationales = new Rationales(file, texts(file, questions));
    rationales.requireAll(questions);
    return rationales;
  }

  private static Map<String, String> texts(Path file, List<Question> questions) throws IOException {
    if (file.getFileName().toString().endsWith(".jsonl")) {
      return lines(file);
    }
    if (MmCotPredictions.is(file)) {
      return byPosition(file, MmCotPredictions.read(file).predictions(), questions);
    }
    return object(file);
  }

  private static Map<String, String> lines(Path file) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    PredictionFile.read(file).forEach(each -> texts.put(each.id(), each.text()));
    return texts;
  }

  private static Map<String, String> object(Path file) throws IOException {
    return JsonReader.read(
        file,
        reader -> {
          Map<String, String> texts = new LinkedHashMap<>();
          reader.fields(
              "the file",
              "the rationale of question",
              id -> texts.put(id, reader.text("the rationale of question " + id)));
          return texts;
        });
  }

  private static Map<String, String> byPosition(
      Path file, List<String> texts, List<Question> questions) {
    if (texts.size() != questions.size()) {
      throw new UserError(
          "%s: holds %,d predictions for %,d questions; they are matched by position, so it must be"
                  .formatted(file, texts.size(), questions.size())
              + " made on the same split");
    }
    Map<String, String> byId = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      byId.put(questions.get(i).id(), texts.get(i));
    }
    return byId;
  }

  private void requireAll(List<Question> questions) {
    List<String> missing =
        questions.stream().map(Question::id).filter(id -> !texts.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      String more = missing.size() > SHOWN ? " and %,d more".formatted(missing.size() - SHOWN) : "";
      throw new UserError(
          file
              + ": no rationale for question "
              + missing.stream().limit(SHOWN).collect(Collectors.joining(", "))
              + more);
    }
  }

  /** What was written for a question. */
  public String of(Question question) {
    return texts.get(question.id());
  }
}
