package dev.fusebox.t5.generate;

import java.util.Locale;

/**
 * What the decoder's matrices are read in while a sentence is written. To read them is most of the
 * work, and so their size decides the speed.
 */
public enum WeightPrecision {
  /** As they are: the sentences are the model's own. */
  FLOAT32,
  /** Half the memory, three significant digits. */
  BFLOAT16,
  /**
   * A quarter of the memory, on the CPU: each row in bytes with a scale of its own, and what is
   * multiplied with it in 7 bits with a scale of its own, the sums exact (Jacob et al. 2018, arXiv
   * 1712.05877). What was read of the input stays as it is.
   */
  INT8;

  /** As people write it: {@code int8}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
