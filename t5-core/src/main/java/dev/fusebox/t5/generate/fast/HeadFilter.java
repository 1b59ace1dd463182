package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.Step;
import dev.fusebox.tensor.TorchScript;
import java.util.List;

/**
 * Finds the likeliest tokens without computing all scores in full; {@code filter.py} proves that
 * they are the same.
 *
 * @param head (V, D) as it is
 * @param arrays what stands for the head
 * @param form how it stands for it
 */
public record HeadFilter(NDArray head, List<NDArray> arrays, Form form) {

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
   * @param owner whose manager owns the arrays
   * @param norm (D): weights of the norm before the head
   * @param factor on the scores
   * @throws IllegalArgumentException if the head's width does not fit the form
   */
  public static HeadFilter of(
      TorchScript script, NDArray owner, NDArray head, NDArray norm, double factor, Form form) {
    long width = head.getShape().get(1);
    if (!form.fits(width)) {
      throw new IllegalArgumentException(form + " takes no head of width " + width);
    }
    boolean bytes = form == Form.BYTES;
    return new HeadFilter(
        head, script.callForList("screened", owner, head, norm, factor, bytes), form);
  }

  /**
   * The likeliest tokens.
   *
   * @param hidden (R, D), before the last norm
   * @param banned int64: places in the flattened scores (R, V)
   * @return int64 (R)
   */
  public NDArray likeliest(TorchScript script, NDArray hidden, NDArray banned, double epsilon) {
    boolean bytes = form == Form.BYTES;
    return script.call("likeliest", hidden, hidden, head, arrays, bytes, banned, epsilon);
  }

  /** The same, owned by {@code manager}. */
  public HeadFilter keep(Step step, NDManager manager) {
    arrays.forEach(array -> step.keep(array, manager));
    return this;
  }
}
