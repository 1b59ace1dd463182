package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensor maths, with gradients that hold under garbage collection. Each method is one call into
 * libtorch.
 *
 * <p>Letters: B batch, T queries, S keys, H heads, D width, V vocabulary. Arrays are fp32 unless
 * said otherwise; masks are fp32 too, 1 = counts, 0 = hidden, n = counts n times. Results belong to
 * the manager of the first argument: activations come first, parameters after them.
 *
 * @since 0.1
 */
public final class Ops {

  static final ScriptSource SOURCE = new ScriptSource(Ops.class, "ops.py");

  private final NDManager manager;
  private final Precision precision;
  private final TorchScript script;

  Ops(NDManager manager, Precision precision, TorchScript script) {
    this.manager = manager;
    this.precision = precision;
    this.script = script;
  }

  /** The operators for the device of {@code manager}. */
  public static Ops load(NDManager manager, Precision precision) {
    return new Ops(manager, precision, TorchScript.compile(manager, SOURCE));
  }

  /** The format of matrix products. */
  public Precision precision() {
    return precision;
  }

  /**
   * Compiles a module's own functions into one set; they may call those of {@code ops.py} through
   * {@code self}.
   */
  public TorchScript script(ScriptSource... sources) {
    return TorchScript.compile(manager, sources);
  }

  /** {@code x / rms(x) · weight} over the last axis (Zhang and Sennrich 2019). */
  public NDArray rmsNorm(NDArray x, NDArray weight, double epsilon) {
    return script.call("rms_norm", x, weight, epsilon);
  }

  /** {@code x · weightᵀ}: (…, in) and (out, in) to (…, out). */
  public NDArray linear(NDArray x, NDArray weight) {
    return script.call("linear", x, weight, precision.code());
  }

  /** {@code x · weightᵀ + bias}: (…, in), (out, in), (out) to (…, out). */
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return script.call("linear_bias", x, weight, bias, precision.code());
  }

  /**
   * Multi-head attention without its projections.
   *
   * @param query (B, T, D)
   * @param key (B, S, D)
   * @param value (B, S, D)
   * @param mask (B, S) or (B, T, S); a query that sees nothing gets zeros
   * @param heads must divide D
   * @param scale factor on the scores, usually {@code 1 / sqrt(D / heads)}
   * @param dropout on the attention weights; 0 outside training
   * @return (B, T, D)
   */
  public NDArray attention(
      NDArray query,
      NDArray key,
      NDArray value,
      NDArray mask,
      int heads,
      double scale,
      double dropout) {
    return script.call(
        "attention", query, key, value, mask, heads, scale, dropout, precision.code());
  }

  /**
   * A mask as a summand of attention scores: the logarithm of how often a key counts.
   *
   * @param mask (B, S) or (B, T, S)
   * @return (B, 1, 1, S) or (B, 1, T, S)
   */
  public NDArray additiveMask(NDArray mask) {
    return script.call("additive_mask", mask);
  }

  /** The non-linearity, pointwise. */
  public NDArray activate(NDArray x, Activation activation) {
    return script.call("activation", x, activation.code());
  }

  /** Dropout at {@code rate}; at 0 the array itself. */
  public NDArray dropout(NDArray x, double rate) {
    return rate == 0 ? x : script.call("dropout", x, rate);
  }

  /** Rows of {@code weight} (V, D) for int64 {@code ids} (…): (…, D). */
  public NDArray embedding(NDArray ids, NDArray weight) {
    return script.call("embedding", ids, weight);
  }

  /**
   * The same for {@code weight} with many rows of which few are read, as a vocabulary's: quicker
   * for {@link #gradients}, and with {@link Step#backward} the gradient is a sparse array.
   */
  public NDArray tokenEmbedding(NDArray ids, NDArray weight) {
    return script.call("token_embedding", ids, weight);
  }

  /**
   * Room for bfloat16 numbers on the device of {@code like}, where the engine makes none itself.
   */
  NDArray brainFloats(NDArray like, Shape shape) {
    return script.call("brain_floats", like, shape.getShape());
  }

  /** Copies the numbers of {@code x} into an array of its shape, on whatever device. */
  NDArray copyInto(NDArray into, NDArray x) {
    return script.call("copy_into", into, x);
  }

  /** Gives an array, of a parameter for instance, the numbers of another of its shape, in place. */
  public void assign(NDArray into, NDArray x) {
    copyInto(into, x).close();
  }

  /**
   * The numbers as fp32: {@code x} itself where they are; those of a matrix in bytes as {@link
   * #rowBytes} has rounded them.
   */
  public NDArray floats(NDArray x) {
    return script.call("floats", x);
  }

  /**
   * A matrix (N, K) in a byte a number: int8 (N, K + 4), whole multiples of a unit per row, 1/127
   * of the row's largest number, which stands in the row's last four bytes.
   */
  NDArray rowBytes(NDArray x) {
    return script.call("row_bytes", x);
  }

  /** {@code x · factor}, safe for gradients. */
  public NDArray scale(NDArray x, double factor) {
    return script.call("scale", x, factor);
  }

  /** The rows (R) of {@code x} (B, …) that the int64 array {@code rows} names: (R, …), a copy. */
  public NDArray selectRows(NDArray x, NDArray rows) {
    return script.call("select_rows", x, rows);
  }

  /** A copy with a gradient. */
  public NDArray clone(NDArray x) {
    return script.call("clone", x);
  }

  /** The same values, without a gradient. */
  public NDArray detach(NDArray x) {
    return GradientScript.detached(script, x);
  }

  /**
   * Cross entropy, summed over the labels that count and divided.
   *
   * @param logits (B, T, V)
   * @param labels int64 (B, T); -100 does not count
   * @param smoothing share of the target that is spread over the vocabulary
   * @param divisor usually how many labels count, over the whole step
   */
  public NDArray crossEntropy(NDArray logits, NDArray labels, double smoothing, double divisor) {
    return script.call("cross_entropy", logits, labels, smoothing, divisor);
  }

  /** A scalar to learn from; nothing is learnt from one without a graph. */
  public Loss loss(NDArray scalar) {
    return GradientScript.isDifferentiable(script, scalar)
        ? new Loss(scalar, List.of(scalar), List.of(script.call("one_like", scalar)))
        : new Loss(scalar, List.of(), List.of());
  }

  /**
   * {@link #crossEntropy} of {@link #linear}, to learn from, in less time and a third of the
   * memory: the scores become their own gradients.
   *
   * @param x (B, T, D)
   * @param weight (V, D)
   * @param labels int64 (B, T); -100 does not count
   * @param smoothing share of the target that is spread over the vocabulary
   * @param divisor usually how many labels count, over the whole step
   */
  public Loss headLoss(
      NDArray x, NDArray weight, NDArray labels, double smoothing, double divisor) {
    return loss(
        x,
        weight,
        script.callForList("head_loss", x, weight, labels, smoothing, divisor, precision.code()));
  }

  /**
   * The cross entropy of the right text among those of its row, to learn from; texts are scored by
   * their log probability under {@link #linear}. As {@link #headLoss}, it turns the scores into
   * their own gradients.
   *
   * @param x (B, U, D): several texts in a row
   * @param weight (V, D)
   * @param labels int64 (B, U); -100 does not count
   * @param texts int64 (B, U): the number of the text that a label belongs to, {@code count} for
   *     none
   * @param table int64 (B, K): the texts of a row; {@code count} where there are fewer
   * @param right int64 (B): which of the row's texts
   * @param count of all texts
   * @param perToken whether a text's log probability is divided by its tokens
   * @param divisor usually how many rows there are, over the whole step
   */
  public Loss choiceLoss(
      NDArray x,
      NDArray weight,
      NDArray labels,
      NDArray texts,
      NDArray table,
      NDArray right,
      int count,
      boolean perToken,
      double divisor) {
    return loss(
        x,
        weight,
        script.callForList(
            "choice_loss",
            x,
            weight,
            labels,
            texts,
            table,
            right,
            count,
            perToken,
            divisor,
            precision.code()));
  }

  /** A value and its gradients with respect to {@code x} and {@code weight}. */
  private static Loss loss(NDArray x, NDArray weight, List<NDArray> found) {
    List<NDArray> ends = new ArrayList<>(List.of(x, weight));
    List<NDArray> gradients = new ArrayList<>(found.subList(1, 3));
    for (int i = 1; i >= 0; i--) {
      if (gradients.get(i).isEmpty()) { // there is no way on from this end
        ends.remove(i);
        gradients.remove(i);
      }
    }
    return new Loss(found.get(0), ends, gradients);
  }

  /** Those of the scalar {@code loss}; see {@link #gradients(Loss, List)}. */
  public List<NDArray> gradients(NDArray loss, List<NDArray> wanted) {
    return gradients(loss(loss), wanted);
  }

  /**
   * The gradients of {@code loss}, whose graph and whose own gradients are used up, in the training
   * step that is open. One without numbers belongs to an array that the loss does not depend on.
   */
  public List<NDArray> gradients(Loss loss, List<NDArray> wanted) {
    NDArray none = GradientScript.noNumbers(script, loss.value());
    List<NDArray> known = wanted.stream().map(array -> loss.gradient(array, none)).toList();
    Loss graph = loss.without(wanted);
    Recomputation recomputation = Step.recomputation();
    if (recomputation != null) {
      return recomputation.gradients(script, graph, wanted, known);
    }
    return graph.ends().isEmpty()
        ? known
        : GradientScript.pullBack(script, graph, wanted, known, false);
  }
}
