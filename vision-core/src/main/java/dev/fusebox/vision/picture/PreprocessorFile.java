package dev.fusebox.vision.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.RegularFile;
import dev.fusebox.picture.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Hugging Face's {@code preprocessor_config.json}, of the processors of ViT and of CLIP. A key that
 * may change pixels and is not known is refused by its name.
 */
public final class PreprocessorFile {

  private static final long MAXIMUM_BYTES = 1 << 20;

  /** The file's usual name. */
  public static final String NAME = "preprocessor_config.json";

  /** What a processor does where the file is silent. */
  public enum Style {
    /** {@code ViTImageProcessor}. */
    VIT,
    /** {@code CLIPImageProcessor}. */
    CLIP;

    /** With its defaults alone. */
    public Preprocessing preprocessing() {
      return this == VIT ? Preprocessing.vit() : Preprocessing.clip();
    }
  }

  private static final Set<String> KNOWN =
      Set.of(
          "do_resize",
          "size",
          "resample",
          "do_center_crop",
          "crop_size",
          "do_rescale",
          "rescale_factor",
          "do_normalize",
          "image_mean",
          "image_std",
          "image_processor_type",
          "feature_extractor_type",
          "do_convert_rgb", // what is not RGB always becomes it
          "default_to_square",
          "data_format",
          "processor_class",
          "_valid_processor_keys",
          "auto_map");

  private final JsonNode json;
  private final Style style;

  private PreprocessorFile(JsonNode json, Style style) {
    this.json = json;
    this.style = style;
  }

  /**
   * What the file in a directory says, if there is one.
   *
   * @param style of the processor, where the file does not name it
   * @see #read
   */
  public static Optional<Preprocessing> in(Path directory, Style style) throws IOException {
    Path file = directory.resolve(NAME);
    return Files.exists(file) ? Optional.of(read(file, style)) : Optional.empty();
  }

  /**
   * What a file says, of whatever name.
   *
   * @throws IOException if it cannot be read, with its name
   * @throws IllegalArgumentException naming file and key, if it asks for something else than {@link
   *     Preprocessing} can do
   */
  public static Preprocessing read(Path file, Style style) throws IOException {
    JsonNode json = RegularFile.json(file, MAXIMUM_BYTES);
    try {
      if (!json.isObject()) {
        throw new IllegalArgumentException(
            "a JSON object is expected, found "
                + (json.isMissingNode() ? "nothing" : json.getNodeType()));
      }
      return new PreprocessorFile(json, style(json, style)).preprocessing();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static Style style(JsonNode json, Style absent) {
    String key =
        json.has("image_processor_type") ? "image_processor_type" : "feature_extractor_type";
    if (!json.has(key)) {
      return absent;
    }
    String type = json.get(key).asText();
    return switch (type.replaceFirst("(ImageProcessor(Fast|Pil)?|FeatureExtractor)$", "")) {
      case "ViT" -> Style.VIT;
      case "CLIP", "Bit" -> Style.CLIP; // Bit's does what CLIP's does
      default ->
          throw new IllegalArgumentException(
              key + " must be of ViT, CLIP or Bit (as ViTImageProcessor), found " + type);
    };
  }

  private Preprocessing preprocessing() {
    requireKnown();
    Preprocessing defaults = style.preprocessing();
    boolean normalized = flag("do_normalize", true);
    return new Preprocessing(
        flag("do_resize", true) ? Optional.of(resize()) : Optional.empty(),
        flag("do_center_crop", defaults.crop().isPresent())
            ? Optional.of(crop())
            : Optional.empty(),
        flag("do_rescale", true) ? number("rescale_factor", defaults.rescale()) : 1,
        normalized ? three("image_mean", defaults.mean()) : List.of(0.0, 0.0, 0.0),
        normalized ? three("image_std", defaults.deviation()) : List.of(1.0, 1.0, 1.0));
  }

  private void requireKnown() {
    List<String> others = new ArrayList<>();
    json.properties()
        .forEach(
            entry -> {
              boolean off = entry.getValue().isNull();
              boolean no = entry.getValue().isBoolean() && !entry.getValue().asBoolean();
              if (!KNOWN.contains(entry.getKey()) && !off && !no) {
                others.add(entry.getKey() + " = " + entry.getValue());
              }
            });
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown, and may change pixels: " + String.join(", ", others));
    }
  }

  private Resize resize() {
    Resampling filter = filter();
    JsonNode size = json.path("size");
    if (size.has("shortest_edge") && size.size() == 1) {
      return new Resize.ShortestEdge(
          whole("size.shortest_edge", size.get("shortest_edge")), filter);
    }
    if (size.has("height") && size.has("width") && size.size() == 2) {
      return squash(size, filter);
    }
    if (size.isInt()) {
      int length = whole("size", size);
      boolean square = json.path("default_to_square").asBoolean(style == Style.VIT);
      return square
          ? new Resize.Squash(length, length, filter)
          : new Resize.ShortestEdge(length, filter);
    }
    if (size.isMissingNode() || size.isNull()) {
      return style.preprocessing().filtered(filter).resize().orElseThrow();
    }
    throw new IllegalArgumentException(
        "size must be a number, {height, width} or {shortest_edge}, found " + size);
  }

  private static Resize squash(JsonNode size, Resampling filter) {
    return new Resize.Squash(
        whole("size.height", size.get("height")), whole("size.width", size.get("width")), filter);
  }

  private Resampling filter() {
    JsonNode code = json.path("resample");
    if (code.isMissingNode() || code.isNull()) {
      return style.preprocessing().resize().orElseThrow().filter();
    }
    return Resampling.of(code.asInt(-1))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "resample must be one of Pillow's numbers 0 to 5, found " + code));
  }

  private Crop crop() {
    JsonNode size = json.path("crop_size");
    if (size.isMissingNode() || size.isNull()) {
      int side = Preprocessing.clip().height();
      return new Crop(side, side, Crop.Half.DOWN);
    }
    if (size.has("height") && size.has("width") && size.size() == 2) {
      return new Crop(
          whole("crop_size.height", size.get("height")),
          whole("crop_size.width", size.get("width")),
          Crop.Half.DOWN);
    }
    int side = whole("crop_size", size);
    return new Crop(side, side, Crop.Half.DOWN);
  }

  private boolean flag(String key, boolean absent) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(key + " must be true or false, found " + value);
    }
    return value.asBoolean();
  }

  private double number(String key, double absent) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException(key + " must be a number, found " + value);
    }
    return value.asDouble();
  }

  private List<Double> three(String key, List<Double> absent) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    List<Double> numbers = new ArrayList<>();
    value.forEach(number -> numbers.add(number.isNumber() ? number.asDouble() : Double.NaN));
    if (numbers.size() != Picture.COLORS || numbers.contains(Double.NaN)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be three numbers, found %s", key, value));
    }
    return numbers;
  }

  private static int whole(String key, JsonNode value) {
    if (!value.isInt() || value.asInt() < 1) {
      throw new IllegalArgumentException(
          key + " must be a whole number of at least 1, found " + value);
    }
    return value.asInt();
  }
}
