package dev.fusebox.experiments.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.data.DataDirectory;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Precomputed features of a data directory: {@code name_map.json} says which row is whose. */
public final class RowPictures implements PictureFeatures {

  private final StoredArray array;
  private final Map<String, Integer> rows;
  private final Control control;
  private final long seed;

  private RowPictures(StoredArray array, Map<String, Integer> rows, Control control, long seed) {
    this.array = array;
    this.rows = rows;
    this.control = control;
    this.seed = seed;
  }

  /** The file that {@link #open} reads. */
  public static Path file(Path root, FeatureSettings settings) {
    String name = settings.source().name().toLowerCase(Locale.ROOT) + ".npy";
    return settings
        .file()
        .orElseGet(() -> new DataDirectory(root).require(name, "vision_features/" + name));
  }

  /** Opens the features of a source, under a control. */
  public static RowPictures open(Path root, FeatureSettings settings, Control control, long seed)
      throws IOException {
    StoredArray array = NpyFile.open(file(root, settings));
    JsonNode map =
        new ObjectMapper().readTree(new DataDirectory(root).require("name_map.json").toFile());
    Map<String, Integer> rows = new HashMap<>();
    map.fields().forEachRemaining(field -> rows.put(field.getKey(), field.getValue().asInt()));
    for (Map.Entry<String, Integer> row : rows.entrySet()) {
      if (row.getValue() >= array.rows()) {
        throw new UserError(
            "%s has %d rows, but name_map.json gives question %s row %d"
                .formatted(array.file(), array.rows(), row.getKey(), row.getValue()));
      }
    }
    return new RowPictures(
        array, control == Control.SHUFFLED ? shuffled(rows, seed) : rows, control, seed);
  }

  private static Map<String, Integer> shuffled(Map<String, Integer> rows, long seed) {
    List<String> ids = rows.keySet().stream().sorted().toList();
    List<Integer> others = new java.util.ArrayList<>(ids.stream().map(rows::get).toList());
    java.util.Collections.shuffle(others, new java.util.Random(seed));
    Map<String, Integer> result = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      result.put(ids.get(i), others.get(i));
    }
    return result;
  }

  @Override
  public int patches() {
    return array.patches();
  }

  @Override
  public int width() {
    return array.width();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    Integer row = rows.get(questionId);
    if (row == null) {
      return 0;
    }
    if (control == Control.BLIND || control == Control.NOISE) {
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + row);
      for (int i = 0; i < patches() * width(); i++) {
        into.put(control == Control.BLIND ? 0 : (float) random.nextDouble(-1.7, 1.7));
      }
      return patches();
    }
    array.read(row, into);
    return patches();
  }
}
