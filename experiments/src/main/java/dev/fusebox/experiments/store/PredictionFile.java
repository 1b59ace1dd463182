package dev.fusebox.experiments.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.evaluate.Prediction;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code predictions.jsonl}: a line of {@code id}, {@code text} and {@code target} each. */
public final class PredictionFile {

  /** Its usual name. */
  public static final String NAME = "predictions.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();

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
   * Reads all of them, in their order.
   *
   * @throws UserError if a line is none
   */
  public static List<Prediction> read(Path file) throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    for (String line : lines(file)) {
      predictions.add(parse(file, predictions.size() + 1, line));
    }
    return predictions;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new UserError(file + ": is not UTF-8 text; save it as UTF-8", e);
    }
  }

  private static Prediction parse(Path file, int number, String line) {
    try {
      JsonNode node = LINES.readTree(line);
      if (node.hasNonNull("id") && node.hasNonNull("text")) {
        return new Prediction(
            node.get("id").asText(), node.get("text").asText(), node.path("target").asText());
      }
    } catch (JsonProcessingException e) {
      // told below, with the others
    }
    throw new UserError(file + ":" + number + ": expected {id, text, target}, found " + line);
  }
}
