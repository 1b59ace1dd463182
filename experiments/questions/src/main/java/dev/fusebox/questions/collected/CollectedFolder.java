package dev.fusebox.questions.collected;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of collected questions: ScienceQA's files, all questions in the split {@code test};
 * {@code changes.jsonl}, a line for each with what was changed; and {@code answers/RUN.jsonl}, what
 * a run said to them, as {@code fusebox score} reads it.
 */
public record CollectedFolder(Path folder) {

  /** The split that all questions are in. */
  public static final String SPLIT = "test";

  /** The file of what was changed. */
  public Path changesFile() {
    return folder.resolve("changes.jsonl");
  }

  /**
   * The file of what a run answered.
   *
   * @param run its id: {@code quickstart/gated-seed1}
   */
  public Path answersFile(String run) {
    return folder.resolve("answers").resolve(run.replace('/', '-') + ".jsonl");
  }

  /**
   * The questions.
   *
   * @throws UserError if there is no such folder
   */
  public List<Question> questions() throws IOException {
    return Datasets.open(folder).split(SPLIT);
  }

  /** What a run answered; nothing if it was never asked. */
  public List<Prediction> answers(String run) throws IOException {
    Path file = answersFile(run);
    return Files.exists(file) ? PredictionFile.read(file) : List.of();
  }

  /**
   * What was done to a question.
   *
   * @param changes as {@link #changes} read them
   */
  public static CollectedChange changeOf(Question question, Map<String, CollectedChange> changes) {
    return changes.getOrDefault(question.id(), CollectedChange.unknown(question.id()));
  }

  /**
   * What was changed, by the question's id here.
   *
   * @throws UserError if a line is none
   */
  public Map<String, CollectedChange> changes() throws IOException {
    Map<String, CollectedChange> changes = new HashMap<>();
    if (Files.exists(changesFile())) {
      JsonReader.readLines(
          changesFile(),
          reader -> {
            CollectedChange change = change(reader);
            changes.put(change.id(), change);
          });
    }
    return changes;
  }

  private static CollectedChange change(JsonReader reader) throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<String> kinds = new ArrayList<>();
    reader.fields(
        "what was changed",
        "field",
        field -> {
          switch (field) {
            case "id", "from", "pictureOf", "rationale" -> texts.put(field, reader.text(field));
            case "changes" -> kinds.addAll(reader.texts(field));
            default -> reader.skip();
          }
        });
    if (texts.getOrDefault("id", "").isEmpty()) {
      throw reader.error("must have an id");
    }
    return new CollectedChange(
        texts.get("id"),
        Optional.ofNullable(texts.get("from")).filter(id -> !id.isEmpty()),
        kinds,
        Optional.ofNullable(texts.get("pictureOf")),
        Optional.ofNullable(texts.get("rationale")));
  }
}
