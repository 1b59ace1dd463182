package dev.fusebox.results.score;

import dev.fusebox.file.JsonReader;
import dev.fusebox.questions.mark.PredictionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a file of answers holds at first sight, so that its form can be told. */
final class AnswerOutline {

  private final boolean namedLines;
  private final List<String> fields = new ArrayList<>(); // of the first value, if it is an object
  private boolean plain = true; // all these fields are texts and numbers
  private boolean list;
  private int values;

  private AnswerOutline(boolean namedLines) {
    this.namedLines = namedLines;
  }

  /** Looks through a file; one whose name ends in {@code .jsonl} has lines, whatever they hold. */
  static AnswerOutline of(Path file) throws IOException {
    AnswerOutline outline = new AnswerOutline(file.toString().endsWith(".jsonl"));
    if (!outline.namedLines) {
      JsonReader.readLines(file, outline::value);
    }
    return outline;
  }

  private void value(JsonReader reader) throws IOException {
    values++;
    if (values == 1 && reader.atObject()) {
      reader.fields("a file of answers", "field", field -> field(reader, field));
    } else {
      list |= reader.atArray();
      reader.skip();
    }
  }

  private void field(JsonReader reader, String name) throws IOException {
    fields.add(name);
    plain &= reader.isScalar();
    reader.skip();
  }

  /** The names that the one object of the file has. */
  List<String> fields() {
    return List.copyOf(fields);
  }

  /** Whether it holds predictions, one after the other or in a list; an empty file holds none. */
  boolean isLines() {
    return namedLines || values != 1 || list || PredictionFile.isMeantBy(fields);
  }

  /** Whether each name has a text or a number: ids and answers. */
  boolean isMap() {
    return plain && !fields.isEmpty();
  }
}
