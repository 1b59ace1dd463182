package dev.fusebox.questions.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.array.FeatureArray;
import dev.fusebox.file.FileHashes;
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

  private static final String HASH = "sha256";
  private static final long MAXIMUM_BYTES = 64 << 20;

  private ExtractionRecord() {}

  /**
   * Checks that a feature file is the one its record tells of, where it has one.
   *
   * @throws UserError naming both and what differs
   */
  static void requireFits(FeatureArray array) throws IOException {
    Path record = beside(array.file());
    if (Files.isRegularFile(record)) {
      requireFits(array, record, RegularFile.json(record, MAXIMUM_BYTES));
    }
  }

  /**
   * Checks that a feature file holds the numbers that were extracted, where a record tells of them.
   *
   * @throws UserError naming both and what differs
   */
  static void requireUnchanged(FeatureArray array, FileHashes hashes) throws IOException {
    Path record = beside(array.file());
    if (!Files.isRegularFile(record)) {
      return;
    }
    JsonNode recorded = RegularFile.json(record, MAXIMUM_BYTES);
    requireFits(array, record, recorded);
    if (recorded.path(HASH).isTextual()
        && !recorded.path(HASH).asText().equals(hashes.of(array.file()))) {
      throw new UserError(
          "%s does not hold the numbers that %s beside it tells of: it has their shape, but its sha256 is %s, not %s: the two are not of the same extraction. Extract again, or take the record away"
              .formatted(
                  array.file(),
                  record.getFileName(),
                  hashes.of(array.file()),
                  recorded.path(HASH).asText()));
    }
  }

  private static Path beside(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.replaceFirst("\\.[^.]*$", "") + ".json");
  }

  private static void requireFits(FeatureArray array, Path record, JsonNode recorded) {
    Path file = array.file();
    requireEqual(record, recorded, "rows", file, array.rows());
    requireEqual(record, recorded, "patches", file, array.patches());
    requireEqual(record, recorded, "width", file, array.width());
  }

  private static void requireEqual(
      Path record, JsonNode recorded, String key, Path file, long found) {
    if (recorded.path(key).isNumber() && recorded.path(key).asLong() != found) {
      throw new UserError(
          "%s has %s = %,d, but %s beside it says %,d: the two are not of the same extraction. Extract again, or take the record away"
              .formatted(file, key, found, record.getFileName(), recorded.path(key).asLong()));
    }
  }
}
