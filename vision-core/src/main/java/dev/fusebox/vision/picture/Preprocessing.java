package dev.fusebox.vision.picture;

import dev.fusebox.picture.Picture;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a picture becomes pixels: {@code (byte · rescale - mean) / deviation} for each color, after
 * resizing and cropping. All pictures come out in one size.
 *
 * @param resize first, if at all
 * @param crop then, if at all
 * @param rescale usually 1/255
 * @param mean of red, green and blue
 * @param deviation of red, green and blue
 */
public record Preprocessing(
    Optional<Resize> resize,
    Optional<Crop> crop,
    double rescale,
    List<Double> mean,
    List<Double> deviation) {

  private static final int BYTES = 256;
  private static final double BYTE = 1 / 255.0;

  public Preprocessing {
    mean = three("mean", mean);
    deviation = three("standard deviation", deviation);
    if (deviation.contains(0.0)) {
      throw new IllegalArgumentException("a standard deviation must not be 0, found " + deviation);
    }
    if (crop.isEmpty() && !(resize.orElse(null) instanceof Resize.Squash)) {
      throw new IllegalArgumentException(
          "pictures must all get the same size: resized to height and width, or cropped; found "
              + resize.map(Resize::inWords).orElse("neither"));
    }
  }

  private static List<Double> three(String what, List<Double> values) {
    if (values.size() != Picture.COLORS) {
      throw new IllegalArgumentException(
          what + " must have a number for red, green and blue, found " + values);
    }
    return List.copyOf(values);
  }

  /** The defaults of {@code ViTImageProcessor}: 224 × 224, bilinear, from -1 to 1. */
  public static Preprocessing vit() {
    List<Double> half = List.of(0.5, 0.5, 0.5);
    return new Preprocessing(
        Optional.of(new Resize.Squash(224, 224, Resampling.BILINEAR)),
        Optional.empty(),
        BYTE,
        half,
        half);
  }

  /** The defaults of {@code CLIPImageProcessor}: the middle 224 × 224 of 224, bicubic. */
  public static Preprocessing clip() {
    return new Preprocessing(
        Optional.of(new Resize.ShortestEdge(224, Resampling.BICUBIC)),
        Optional.of(new Crop(224, 224, Crop.Half.DOWN)),
        BYTE,
        List.of(0.48145466, 0.4578275, 0.40821073),
        List.of(0.26862954, 0.26130258, 0.27577711));
  }

  /** What torchvision's classifiers are evaluated with: the middle 224 × 224 of 256, bilinear. */
  public static Preprocessing imageNet() {
    return new Preprocessing(
        Optional.of(new Resize.ShortestEdge(256, Resampling.BILINEAR)),
        Optional.of(new Crop(224, 224, Crop.Half.EVEN)),
        BYTE,
        List.of(0.485, 0.456, 0.406),
        List.of(0.229, 0.224, 0.225));
  }

  /** Y: pixels down. */
  public int height() {
    return crop.map(Crop::height).orElseGet(() -> squash().height());
  }

  /** X: pixels across. */
  public int width() {
    return crop.map(Crop::width).orElseGet(() -> squash().width());
  }

  private Resize.Squash squash() {
    return (Resize.Squash) resize.orElseThrow();
  }

  /** How many numbers a picture becomes: 3 · Y · X. */
  public int size() {
    return Picture.COLORS * height() * width();
  }

  /** The pixels of a picture, (3, Y, X). */
  public float[] pixels(Picture picture) {
    byte[] bytes = bytes(picture);
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(bytes[i]);
    }
    normalize(FloatBuffer.wrap(pixels));
    return pixels;
  }

  /** A picture resized and cropped, (3, Y, X): what is left to do is the same for every byte. */
  public byte[] bytes(Picture picture) {
    Picture resized = resize.map(step -> step.apply(picture)).orElse(picture);
    Picture cropped = crop.map(step -> step.apply(resized)).orElse(resized);
    int plane = height() * width();
    byte[] bytes = new byte[Picture.COLORS * plane];
    for (int color = 0; color < Picture.COLORS; color++) {
      for (int i = 0; i < plane; i++) {
        bytes[color * plane + i] = cropped.bytes()[Picture.COLORS * i + color];
      }
    }
    return bytes;
  }

  /** Turns {@link #bytes}, as numbers from 0 to 255, into pixels. */
  public void normalize(FloatBuffer bytes) {
    int plane = height() * width();
    for (int color = 0; color < Picture.COLORS; color++) {
      float[] values = valueOfByte(color);
      int start = bytes.position() + color * plane;
      for (int i = start; i < start + plane; i++) {
        bytes.put(i, values[(int) bytes.get(i)]);
      }
    }
  }

  /** Rounded to fp32 after each step, as NumPy does it. */
  private float[] valueOfByte(int color) {
    float[] values = new float[BYTES];
    for (int i = 0; i < BYTES; i++) {
      float rescaled = (float) (i * rescale);
      values[i] = (rescaled - mean.get(color).floatValue()) / deviation.get(color).floatValue();
    }
    return values;
  }

  /** The same in another size: the longer way of cropping keeps its proportions. */
  public Preprocessing sized(int height, int width) {
    Optional<Crop> newCrop = crop.map(old -> new Crop(height, width, old.half()));
    return new Preprocessing(
        resize.map(old -> sized(old, height, width)), newCrop, rescale, mean, deviation);
  }

  private Resize sized(Resize old, int height, int width) {
    if (old instanceof Resize.ShortestEdge edge) {
      int before = Math.min(height(), width());
      long length = Math.round((double) edge.length() * Math.min(height, width) / before);
      return new Resize.ShortestEdge(Math.toIntExact(length), edge.filter());
    }
    return new Resize.Squash(height, width, old.filter());
  }

  /** The same with another filter. */
  public Preprocessing filtered(Resampling filter) {
    return new Preprocessing(
        resize.map(step -> step.filtered(filter)), crop, rescale, mean, deviation);
  }

  /** The same with other colors. */
  public Preprocessing normalized(List<Double> newMean, List<Double> newDeviation) {
    return new Preprocessing(resize, crop, rescale, newMean, newDeviation);
  }

  /** What is done, in one line. */
  public String inWords() {
    return "%s%s; x %s, mean %s, deviation %s"
        .formatted(
            resize.map(Resize::inWords).orElse("not resized"),
            crop.map(c -> ", middle %d x %d".formatted(c.height(), c.width())).orElse(""),
            shortest(rescale),
            numbers(mean),
            numbers(deviation));
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(Preprocessing::shortest).collect(Collectors.joining(" "));
  }

  private static String shortest(double value) {
    return String.format(Locale.ROOT, "%.8g", value).replaceFirst("\\.?0+$", "");
  }
}
