package dev.fusebox.doctor;

import java.util.Locale;

/** Sizes as people read them. */
public final class Sizes {

  private static final double KILO = 1000;

  private Sizes() {}

  /** {@code 980 bytes}, {@code 12.5 MB}, {@code 1.1 GB}. */
  public static String bytes(long bytes) {
    if (bytes < KILO) {
      return bytes + " bytes";
    }
    double size = bytes;
    int unit = 0;
    while (size >= KILO && unit < 3) {
      size /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, new String[] {"", "kB", "MB", "GB"}[unit]);
  }

  /** {@code 21,208}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
