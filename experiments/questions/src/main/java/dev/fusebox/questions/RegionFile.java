package dev.fusebox.questions;

import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code regions.json}: what can be seen where in the pictures of problems, {@code {"regions":
 * {"7": {"in the north": "a farm"}}}}.
 */
final class RegionFile {

  private RegionFile() {}

  /**
   * Reads the regions: problem id → name of the region → what is there in words. Regions of
   * problems that are not there do no harm.
   *
   * @throws UserError if the file has none
   */
  static Map<String, Map<String, String>> read(Path file) throws IOException {
    Map<String, Map<String, String>> regions = new LinkedHashMap<>();
    if (!JsonReader.readField(file, "regions", reader -> readInto(regions, reader))) {
      throw new UserError(
          file + ": must have a field regions { problem id: { region: what is there } }");
    }
    return regions;
  }

  private static void readInto(Map<String, Map<String, String>> regions, JsonReader reader)
      throws IOException {
    reader.fields(
        "regions",
        "the regions of problem",
        id -> {
          Map<String, String> own = new LinkedHashMap<>();
          reader.fields(
              "the regions of problem " + id,
              "region",
              region -> own.put(region, reader.text("region " + region + " of problem " + id)));
          regions.put(id, own);
        });
  }
}
