package dev.fusebox.vision.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The preprocessing that timm's {@code create_transform} makes of a model's {@code pretrained_cfg}:
 * the shortest edge of a picture is made longer than what is looked at by {@code crop_pct}, then
 * its middle is cut out.
 */
public final class TimmPreprocessing {

  private TimmPreprocessing() {}

  /**
   * What a {@code config.json} of timm says; empty if it says nothing of pictures.
   *
   * @throws IllegalArgumentException naming the key, if it asks for something else
   */
  public static Optional<Preprocessing> of(JsonNode json) {
    JsonNode settings = json.path("pretrained_cfg");
    return settings.isObject() ? Optional.of(preprocessing(settings)) : Optional.empty();
  }

  private static Preprocessing preprocessing(JsonNode settings) {
    int side = side(settings.path("input_size"));
    Resampling filter = Resampling.named(settings.path("interpolation").asText("bicubic"));
    String mode = settings.path("crop_mode").asText("center");
    double share = settings.path("crop_pct").asDouble(0.875);
    if (!mode.equals("center") || share <= 0 || share > 1) {
      throw new IllegalArgumentException(
          "pretrained_cfg must have crop_mode center and crop_pct in (0, 1], found %s and %s"
              .formatted(mode, share));
    }
    return new Preprocessing(
        Optional.of(new Resize.ShortestEdge((int) Math.floor(side / share), filter)),
        Optional.of(new Crop(side, side, Crop.Half.EVEN)),
        1 / 255.0,
        numbers(settings, "mean"),
        numbers(settings, "std"));
  }

  private static int side(JsonNode size) {
    boolean square = size.size() == 3 && size.path(1).asInt() == size.path(2).asInt();
    if (!square || size.path(0).asInt() != Picture.COLORS || size.path(1).asInt() < 1) {
      throw new IllegalArgumentException(
          "pretrained_cfg.input_size must be [3, N, N], found " + size);
    }
    return size.get(1).asInt();
  }

  private static List<Double> numbers(JsonNode settings, String key) {
    List<Double> numbers = new ArrayList<>();
    settings.path(key).forEach(number -> numbers.add(number.asDouble()));
    if (numbers.size() != Picture.COLORS) {
      throw new IllegalArgumentException(
          "pretrained_cfg.%s must be three numbers, found %s".formatted(key, settings.path(key)));
    }
    return numbers;
  }
}
