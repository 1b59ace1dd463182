package dev.fusebox.training.batch;

/** Seeds that are far apart for numbers that are close together. */
public final class Seeds {

  private Seeds() {}

  /** A seed for number {@code n} of what {@code seed} governs. */
  public static long mix(long seed, long n) {
    long z = seed * 0x9E3779B97F4A7C15L + n + 1;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
