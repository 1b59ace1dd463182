package dev.fusebox.vision.picture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pillow's filters for resizing. */
public enum Resampling {
  /** The nearest pixel. */
  NEAREST(0, 0),
  /** {@code sinc(x) · sinc(x / 3)}. */
  LANCZOS(1, 3),
  /** A triangle. */
  BILINEAR(2, 1),
  /** Keys' cubic (1981) with a = -0.5. */
  BICUBIC(3, 2),
  /** The mean of what lies below a pixel. */
  BOX(4, 0.5),
  /** A sinc under a Hamming window. */
  HAMMING(5, 1);

  private final int code;
  private final double support;

  Resampling(int code, double support) {
    this.code = code;
    this.support = support;
  }

  /** Pillow's number of this filter, as in {@code preprocessor_config.json}. */
  public int code() {
    return code;
  }

  /** How far it reaches, in pixels of the smaller picture. */
  double support() {
    return support;
  }

  /** Its value at a distance. */
  double at(double x) {
    if (this == BOX) { // the one that is not the same on both sides
      return x > -support && x <= support ? 1 : 0;
    }
    double distance = Math.abs(x);
    return distance < support ? within(distance) : 0;
  }

  private double within(double x) {
    return switch (this) {
      case NEAREST, BOX -> 1;
      case LANCZOS -> sinc(x) * sinc(x / 3);
      case BILINEAR -> 1 - x;
      case BICUBIC -> cubic(x);
      case HAMMING -> sinc(x) * (0.54f + 0.46f * Math.cos(Math.PI * x)); // fp32 in Pillow too
    };
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double cubic(double x) {
    double a = -0.5;
    return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : (((x - 5) * x + 8) * x - 4) * a;
  }

  /** The filter of that number, if there is one. */
  public static Optional<Resampling> of(int code) {
    return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
  }

  /**
   * The filter of that name.
   *
   * @throws IllegalArgumentException with the known names
   */
  public static Resampling named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.inWords().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "resampling must be one of %s, found %s".formatted(names(), name)));
  }

  private static String names() {
    return Arrays.stream(values()).map(Resampling::inWords).collect(Collectors.joining(", "));
  }

  /** Its name in small letters. */
  public String inWords() {
    return name().toLowerCase(Locale.ROOT);
  }
}
