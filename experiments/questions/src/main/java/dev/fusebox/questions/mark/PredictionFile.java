package dev.fusebox.questions.mark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code predictions.jsonl}: a line of {@code id}, {@code text} and {@code target} each. This is
 * the one reader of such lines, ours or of others; it also takes them as one JSON list, {@code
 * question_id} for {@code id} and numbers as ids, and passes over fields that it does not know.
 */
public final class PredictionFile {

  /** Its usual name. */
  public static final String NAME = "predictions.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();
  private static final String OTHER_ID = "question_id"; // LLaVA's name for it

  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Prediction> predictions = new ArrayList<>();

  private PredictionFile() {}

  /** Writes all of them, replacing what was there. */
  public static void write(Path file, List<Prediction> predictions) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Prediction prediction : predictions) {
      ObjectNode line = LINES.createObjectNode();
      line.put("id", prediction.id());
      line.put("text", prediction.text());
      line.put("target", prediction.target());
      text.append(LINES.writeValueAsString(line)).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }

  /**
   * Reads all of them, in their order. A text that is {@code null} reads as the empty text; a
   * target that is not there, or {@code null}, stays {@code null}.
   *
   * @throws UserError if a line is none, or a question stands twice
   */
  public static List<Prediction> read(Path file) throws IOException {
    PredictionFile read = new PredictionFile();
    JsonReader.readLines(
        file,
        reader -> {
          if (reader.atArray()) {
            reader.elements("the predictions", number -> read.prediction(reader));
          } else {
            read.prediction(reader);
          }
        });
    return read.predictions;
  }

  /** Whether an object with these fields is meant to be a prediction. */
  public static boolean isMeantBy(List<String> fields) {
    return fields.contains("text") && (fields.contains("id") || fields.contains(OTHER_ID));
  }

  private void prediction(JsonReader reader) throws IOException {
    int line = reader.line();
    Map<String, String> values = new HashMap<>();
    List<String> fields = new ArrayList<>();
    reader.fields(
        "a prediction",
        "field",
        field -> {
          fields.add(field);
          switch (field) {
            case "id", OTHER_ID -> values.putIfAbsent("id", reader.scalar(field));
            case "text" -> values.put(field, reader.scalar(field));
            case "target" -> values.put(field, reader.isNull() ? null : reader.scalar(field));
            default -> reader.skip();
          }
        });
    if (!isMeantBy(fields) || values.get("id").isEmpty()) {
      throw reader.error(
          "must have id and text, found "
              + (fields.isEmpty() ? "no field" : String.join(", ", fields)));
    }
    Integer before = lines.putIfAbsent(values.get("id"), line);
    if (before != null) {
      reader.problem(
          "question %s stands twice, first on line %d".formatted(values.get("id"), before));
    }
    predictions.add(new Prediction(values.get("id"), values.get("text"), values.get("target")));
  }
}
