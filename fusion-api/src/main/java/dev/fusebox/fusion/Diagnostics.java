package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gate values and attention weights of a fusion, for reports.
 *
 * @param gates by name, for instance {@code block.3.attention}: the gate's value, in [-1, 1] or [0,
 *     1]
 * @param attention by name: weights (B, T, P) of each text position over the patches, heads
 *     averaged; where the text is the decoder's, the name begins with {@link #DECODER}
 * @since 0.1
 */
public record Diagnostics(Map<String, Double> gates, Map<String, NDArray> attention) {

  /** Prefix of attention maps whose text positions are the decoder's. */
  public static final String DECODER = "decoder.";

  /** Nothing to show. */
  public static final Diagnostics NONE = new Diagnostics(Map.of(), Map.of());

  public Diagnostics {
    gates = Collections.unmodifiableMap(new TreeMap<>(gates));
    attention = Collections.unmodifiableMap(new TreeMap<>(attention));
  }

  /** These and {@code others}. */
  public Diagnostics and(Diagnostics others) {
    Map<String, Double> allGates = new TreeMap<>(gates);
    allGates.putAll(others.gates);
    Map<String, NDArray> allAttention = new TreeMap<>(attention);
    allAttention.putAll(others.attention);
    return new Diagnostics(allGates, allAttention);
  }
}
