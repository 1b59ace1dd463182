package dev.fusebox.tensor;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * libtorch's random numbers. All threads draw from one sequence of them, so whoever needs its own
 * holds the sequence from seeding it until everything is drawn.
 */
final class RandomNumbers {

  private static final Object SEQUENCE = new Object();

  private RandomNumbers() {}

  /** What {@code draws} makes of the numbers that follow {@code seed}; other threads wait. */
  static <T> T from(long seed, Supplier<T> draws) {
    synchronized (SEQUENCE) {
      JniUtils.setSeed(seed);
      return draws.get();
    }
  }
}
