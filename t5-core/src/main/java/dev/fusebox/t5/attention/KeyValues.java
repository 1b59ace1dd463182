package dev.fusebox.t5.attention;

import ai.djl.ndarray.NDArray;

/**
 * What attention remembers of a sequence.
 *
 * @param keys (B, H, S, K)
 * @param values (B, H, S, K)
 */
public record KeyValues(NDArray keys, NDArray values) implements AutoCloseable {

  @Override
  public void close() {
    keys.close();
    values.close();
  }
}
