package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;

/** The face of {@code head.py}: scores of the vocabulary, and the likeliest token without them. */
public final class HeadScript {

  /** To be compiled beside {@link ProductScript}. */
  public static final ScriptSource SOURCE = new ScriptSource(HeadScript.class, "head.py");

  private final TorchScript script;
  private final double epsilon;

  /**
   * The face of a script.
   *
   * @param epsilon of the norm before the head
   */
  public HeadScript(double epsilon, TorchScript script) {
    this.script = script;
    this.epsilon = epsilon;
  }

  /**
   * The scores (R, V) of hidden states (R, D), before the last norm.
   *
   * @param head the one matrix (V, D), with the last norm's weights in it
   */
  public NDArray scores(NDArray hidden, StoredMatrices head) {
    return script.call("scores", hidden, head, epsilon);
  }

  /**
   * The likeliest tokens: int64 (R).
   *
   * @param logits (R, V)
   * @param banned int64: places in the flattened scores (R, V)
   */
  public NDArray chooseBest(NDArray logits, NDArray banned) {
    return script.call("choose_best", logits, banned);
  }

  /**
   * What stands for a head (V, D): small (V, D), scales (V), errors (1, V), norm (D); see {@link
   * HeadFilter}.
   */
  NDList filter(NDArray head, NDArray norm, double factor, boolean bytes) {
    return script.callForList("filter", head, norm, factor, bytes);
  }

  /** Scores (R, V) of {@code h} (R, D), no further off than the filter says. */
  NDArray roughScores(NDArray h, HeadFilter filter) {
    return script.call("rough_scores", h, filter.small(), filter.scales(), filter.bytes());
  }

  /** The likeliest tokens, int64 (R), of hidden states (R, D), before the last norm. */
  NDArray likeliest(NDArray hidden, HeadFilter filter, NDArray banned) {
    return script.call(
        "likeliest",
        hidden,
        filter.head(),
        filter.small(),
        filter.scales(),
        filter.errors(),
        filter.norm(),
        filter.bytes(),
        banned,
        epsilon);
  }
}
