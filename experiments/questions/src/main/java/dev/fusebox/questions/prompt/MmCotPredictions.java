package dev.fusebox.questions.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * mm-cot's {@code predictions_ans_*.json}, and the one reader and writer of it: what was written
 * and what should have been, in the order of a split. Question ids are not part of it.
 *
 * @param predictions {@code preds}
 * @param labels {@code labels}, the targets; none in a file that leaves them out
 */
public record MmCotPredictions(List<String> predictions, List<String> labels) {

  public MmCotPredictions {
    predictions = List.copyOf(predictions);
    labels = List.copyOf(labels);
    if (!labels.isEmpty() && labels.size() != predictions.size()) {
      throw new IllegalArgumentException(
          predictions.size() + " predictions need as many labels, found " + labels.size());
    }
  }

  /** Whether the file is one of mm-cot's: an object with a list {@code preds}. */
  public static boolean is(Path file) throws IOException {
    return lists(file).containsKey("preds");
  }

  /**
   * Reads such a file; its scores are passed over.
   *
   * @throws UserError if it holds no predictions, or another number of labels
   */
  public static MmCotPredictions read(Path file) throws IOException {
    Map<String, List<String>> lists = lists(file);
    if (!lists.containsKey("preds")) {
      throw new UserError(file + ": must have a list preds, one text per question");
    }
    try {
      return new MmCotPredictions(lists.get("preds"), lists.getOrDefault("labels", List.of()));
    } catch (IllegalArgumentException e) {
      throw new UserError(file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, List<String>> lists(Path file) throws IOException {
    return JsonReader.read(
        file,
        reader -> {
          Map<String, List<String>> lists = new HashMap<>();
          reader.fields(
              "the file",
              "field",
              field -> {
                if (reader.atArray() && (field.equals("preds") || field.equals("labels"))) {
                  lists.put(field, reader.texts(field));
                } else {
                  reader.skip();
                }
              });
          return lists;
        });
  }

  /** Writes a file that mm-cot reads with {@code --eval_le} and {@code --test_le}. */
  public void write(Path file) throws IOException {
    WholeFile.write(
        file,
        output -> {
          JsonGenerator json = generator(output);
          json.writeStartObject();
          writeList(json, "preds", predictions);
          writeList(json, "labels", labels);
          json.writeEndObject();
          json.close();
        });
  }

  private static JsonGenerator generator(OutputStream output) throws IOException {
    return new JsonFactory().createGenerator(output).useDefaultPrettyPrinter();
  }

  private static void writeList(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
