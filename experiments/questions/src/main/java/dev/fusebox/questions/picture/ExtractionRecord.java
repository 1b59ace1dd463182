package dev.fusebox.questions.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.array.FeatureArray;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.RegularFile;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The {@code NAME.json} that an extraction leaves beside {@code NAME.npy}, which says how it was
 * made. People write such files too, so that anything may be missing.
 *
 * @param file the record itself
 * @param sha256 of the feature file
 * @param backbone the network, as the command line named it
 * @param backboneHash of its files
 * @param preprocessing how pictures became pixels, in words
 * @param readout which of its states were taken
 */
public record ExtractionRecord(
    Path file,
    OptionalLong rows,
    OptionalLong patches,
    OptionalLong width,
    Optional<String> sha256,
    Optional<Path> backbone,
    Optional<String> backboneHash,
    String preprocessing,
    StoredReadout readout) {

  private static final long MAXIMUM_BYTES = 64 << 20;

  /**
   * Which states of a network were taken, by the names of the command line.
   *
   * @param layer a number, counted from the end where it is negative, or {@code last}
   * @param output of a network with several
   */
  public record StoredReadout(
      String layer, String pool, String finalNorm, Optional<String> output) {}

  /** The record of a feature file, if it has one. */
  public static Optional<ExtractionRecord> beside(Path features) throws IOException {
    String name = features.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    Path file = features.resolveSibling(name + ".json");
    return Files.isRegularFile(file)
        ? Optional.of(of(file, RegularFile.json(file, MAXIMUM_BYTES)))
        : Optional.empty();
  }

  private static ExtractionRecord of(Path file, JsonNode json) {
    JsonNode backbone = json.path("backbone");
    return new ExtractionRecord(
        file,
        number(json, "rows"),
        number(json, "patches"),
        number(json, "width"),
        text(json, "sha256"),
        text(backbone, "path").map(Path::of),
        text(backbone, "sha256"),
        json.path("preprocessing").asText(),
        new StoredReadout(
            json.path("layer").asText("last"),
            json.path("pool").asText("all"),
            json.path("finalNorm").asText("published"),
            json.has("output") ? Optional.of(json.path("output").asText()) : Optional.empty()));
  }

  private static OptionalLong number(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
  }

  private static Optional<String> text(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  /**
   * Checks that a feature file is the one its record tells of, where it has one.
   *
   * @throws UserError naming both and what differs
   */
  static void requireFits(FeatureArray array) throws IOException {
    Optional<ExtractionRecord> record = beside(array.file());
    if (record.isPresent()) {
      record.get().requireShape(array);
    }
  }

  /**
   * Checks that a feature file holds the numbers that were extracted, where a record tells of them.
   *
   * @throws UserError naming both and what differs
   */
  static void requireUnchanged(FeatureArray array, FileHashes hashes) throws IOException {
    Optional<ExtractionRecord> record = beside(array.file());
    if (record.isPresent()) {
      record.get().requireShape(array);
      record.get().requireNumbers(array.file(), hashes);
    }
  }

  private void requireNumbers(Path features, FileHashes hashes) throws IOException {
    if (sha256.isPresent() && !sha256.get().equals(hashes.of(features))) {
      throw new UserError(
          "%s does not hold the numbers that %s beside it tells of: it has their shape, but its sha256 is %s, not %s: the two are not of the same extraction. Extract again, or take the record away"
              .formatted(features, file.getFileName(), hashes.of(features), sha256.get()));
    }
  }

  private void requireShape(FeatureArray array) {
    requireEqual("rows", rows, array.file(), array.rows());
    requireEqual("patches", patches, array.file(), array.patches());
    requireEqual("width", width, array.file(), array.width());
  }

  private void requireEqual(String name, OptionalLong recorded, Path features, long found) {
    if (recorded.orElse(found) != found) {
      throw new UserError(
          "%s has %s = %,d, but %s beside it says %,d: the two are not of the same extraction. Extract again, or take the record away"
              .formatted(features, name, found, file.getFileName(), recorded.getAsLong()));
    }
  }
}
