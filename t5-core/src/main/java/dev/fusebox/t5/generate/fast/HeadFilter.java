package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.Step;
import java.util.List;

/**
 * Finds the likeliest tokens without computing all scores in full; {@code head.py} proves that they
 * are the same.
 *
 * @param head (V, D) as it is
 * @param small (V, D): what stands for the head
 * @param scales (V), of what stands for it in bytes
 * @param errors (1, V): how far off its scores may be
 * @param norm (D): what the head's input is multiplied by
 * @param form how it stands for the head
 */
public record HeadFilter(
    NDArray head, NDArray small, NDArray scales, NDArray errors, NDArray norm, Form form) {

  /** What the head is read in. */
  public enum Form {
    /** A quarter of its memory. */
    BYTES(64),
    /** Half of its memory, and products that many processors have units for. */
    BFLOAT16(1);

    private final int multiple;

    Form(int multiple) {
      this.multiple = multiple;
    }

    /**
     * Whether libtorch multiplies vectors of this width so. Its products with bytes read whole
     * registers, past the end of any other.
     */
    boolean fits(long width) {
      return width % multiple == 0;
    }
  }

  /**
   * In that form.
   *
   * @param norm (D): weights of the norm before the head
   * @param factor on the scores
   * @throws IllegalArgumentException if the head's width does not fit the form
   */
  static HeadFilter of(HeadScript script, NDArray head, NDArray norm, double factor, Form form) {
    long width = head.getShape().get(1);
    if (!form.fits(width)) {
      throw new IllegalArgumentException(form + " takes no head of width " + width);
    }
    NDList made = script.filter(head, norm, factor, form == Form.BYTES);
    return new HeadFilter(head, made.get(0), made.get(1), made.get(2), made.get(3), form);
  }

  /** Whether the head is read in bytes. */
  boolean bytes() {
    return form == Form.BYTES;
  }

  /**
   * The likeliest tokens.
   *
   * @param hidden (R, D), before the last norm
   * @param banned int64: places in the flattened scores (R, V)
   * @return int64 (R)
   */
  public NDArray likeliest(HeadScript script, NDArray hidden, NDArray banned) {
    return script.likeliest(hidden, this, banned);
  }

  /** What it holds beside the head itself. */
  List<NDArray> arrays() {
    return List.of(small, scales, errors, norm);
  }

  /** The same, owned by {@code manager}. */
  HeadFilter keep(Step step, NDManager manager) {
    arrays().forEach(array -> step.keep(array, manager));
    return this;
  }
}
