package dev.fusebox.questions.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.array.FeatureArray;
import dev.fusebox.file.RegularFile;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The {@code NAME.json} that an extraction leaves beside {@code NAME.npy}, which says how it was
 * made.
 */
final class ExtractionRecord {

  private static final long MAXIMUM_BYTES = 64 << 20;

  private ExtractionRecord() {}

  /**
   * Checks that a feature file is the one its record tells of, where it has one.
   *
   * @throws UserError naming both and what differs
   */
  static void requireFits(FeatureArray array) throws IOException {
    Path file = array.file();
    String name = file.getFileName().toString();
    Path record = file.resolveSibling(name.replaceFirst("\\.[^.]*$", "") + ".json");
    if (!Files.isRegularFile(record)) {
      return;
    }
    JsonNode told = RegularFile.json(record, MAXIMUM_BYTES);
    requireEqual(record, told, "rows", file, array.rows());
    requireEqual(record, told, "patches", file, array.patches());
    requireEqual(record, told, "width", file, array.width());
  }

  private static void requireEqual(Path record, JsonNode told, String key, Path file, long found) {
    if (told.path(key).isNumber() && told.path(key).asLong() != found) {
      throw new UserError(
          "%s has %s = %,d, but %s beside it says %,d: the two are not of the same extraction. Extract again, or take the record away"
              .formatted(file, key, found, record.getFileName(), told.path(key).asLong()));
    }
  }
}
