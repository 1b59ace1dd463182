package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * What a fusion shows of itself.
 *
 * @param gates by name, for instance {@code block.3.attention}: the gate's value, in [-1, 1] or [0,
 *     1]
 * @param attention by name: weights (B, T, P) of each text position over the patches, heads
 *     averaged
 */
public record Diagnostics(Map<String, Double> gates, Map<String, NDArray> attention) {

  /** Nothing to show. */
  public static final Diagnostics NONE = new Diagnostics(Map.of(), Map.of());

  public Diagnostics {
    gates = Map.copyOf(gates);
    attention = Map.copyOf(attention);
  }
}
