package dev.fusebox.fusion.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A real T5 with a fusion, and the arrays that it owns.
 *
 * @since 0.1
 */
public final class FusedModel implements AutoCloseable {

  private final NDManager root;
  private final Ops ops;
  private final Parameters parameters;
  private final T5Model model;

  private FusedModel(
      NDManager root, Ops ops, Parameters parameters, Function<Parameters, T5Model> model) {
    this.root = root;
    this.ops = ops;
    this.parameters = parameters;
    this.model = model.apply(parameters);
  }

  /** Fills parameters before a model declares its own. */
  @FunctionalInterface
  public interface Weights<E extends Exception> {

    /** Loads, or does nothing for random weights. */
    void into(Parameters parameters) throws E;
  }

  /**
   * Builds the model.
   *
   * @param visionWidth V
   * @param seed for parameters that the weights do not contain
   */
  public static <E extends Exception> FusedModel build(
      T5Config config,
      int visionWidth,
      long seed,
      Weights<E> weights,
      Function<FusionContext, Fusion> fusion)
      throws E {
    return build(config, visionWidth, seed, weights, fusion, Precision.FLOAT32);
  }

  /** Builds the model with matrix products in that precision. */
  public static <E extends Exception> FusedModel build(
      T5Config config,
      int visionWidth,
      long seed,
      Weights<E> weights,
      Function<FusionContext, Fusion> fusion,
      Precision precision)
      throws E {
    NDManager root = NDManager.newBaseManager();
    Ops ops = Ops.load(root, precision);
    Parameters parameters = new Parameters(root, seed);
    weights.into(parameters);
    return new FusedModel(
        root, ops, parameters, all -> T5Model.withFusion(config, visionWidth, all, ops, fusion));
  }

  /** Owns all arrays of this model and of its steps. */
  public NDManager root() {
    return root;
  }

  /** The model itself. */
  public T5Model model() {
    return model;
  }

  /** Its weights. */
  public Parameters parameters() {
    return parameters;
  }

  /** Teacher forcing. */
  public FusedOutput run(FusedInput input, Mode mode) {
    FusionPass pass = model.see(input.vision(), mode);
    TextStates encoded = model.encode(input.ids(), input.mask(), pass, mode);
    NDArray hidden = model.decode(input.targets(), encoded, pass, mode);
    return new FusedOutput(pass, encoded, model.logits(hidden, pass));
  }

  /**
   * The loss of {@code logits} (B, U, vocabulary), the mean over the labels that are not ignored.
   *
   * @param labels (B · U), -100 = ignored
   */
  public NDArray loss(NDArray logits, long[] labels) {
    Shape shape = new Shape(logits.getShape().get(0), logits.getShape().get(1));
    long counted = LongStream.of(labels).filter(label -> label != -100).count();
    return ops.crossEntropy(logits, logits.getManager().create(labels, shape), 0, counted);
  }

  /**
   * The decoder input for {@code labels}: shifted right by one, starting with 0.
   *
   * @param length U
   */
  public static long[] shiftedRight(long[] labels, long length) {
    long[] shifted = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      shifted[i] = i % length == 0 ? 0 : Math.max(labels[i - 1], 0);
    }
    return shifted;
  }

  @Override
  public void close() {
    parameters.close();
    root.close();
  }
}
