package dev.fusebox.questions;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** mm-cot's {@code captions.json}: how the captions were made, and problem id → caption. */
final class CaptionFile {

  private CaptionFile() {}

  /**
   * Reads the captions. Captions of problems that are not there do no harm.
   *
   * @throws UserError if the file has none
   */
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> captions = new HashMap<>();
    if (!JsonReader.readField(file, "captions", reader -> readInto(captions, reader))) {
      throw new UserError(file + ": must have a field captions { problem id: caption }");
    }
    return captions;
  }

  private static void readInto(Map<String, String> captions, JsonReader reader) throws IOException {
    reader.fields(
        "captions",
        "the caption of problem",
        id -> captions.put(id, reader.text("the caption of problem " + id)));
  }
}
