package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import java.util.Random;

/** A text-only T5 of two blocks on random weights, and inputs for it. */
public final class TinyT5 implements AutoCloseable {

  /** v1.1; heads × headWidth differs from the width, the stacks differ in depth. */
  public static final T5Config CONFIG =
      T5Config.small(50, 16, 4)
          .withHeadWidth(6)
          .withFeedForwardWidth(24)
          .withDepths(2, 3)
          .asVersion11();

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final Parameters parameters = new Parameters(root, 7);
  private final T5Model model;

  public TinyT5() {
    this(Matrices.PLAIN);
  }

  /** With weight matrices of that kind. */
  public TinyT5(Matrices matrices) {
    model = T5Model.textOnly(CONFIG, parameters, ops, adaptation(matrices));
  }

  private static Adaptation adaptation(Matrices matrices) {
    return new Adaptation() {
      @Override
      public boolean tunesBase() {
        return true;
      }

      @Override
      public Matrices matrices() {
        return matrices;
      }
    };
  }

  /** Everything of this test hangs below it. */
  public NDManager root() {
    return root;
  }

  public T5Model model() {
    return model;
  }

  public Parameters parameters() {
    return parameters;
  }

  /** Random int64 ids (rows, length), none of them special. */
  public NDArray ids(NDManager manager, int rows, int length, long seed) {
    long[] ids = new Random(seed).longs((long) rows * length, 3, CONFIG.vocabulary()).toArray();
    return manager.create(ids, new ai.djl.ndarray.types.Shape(rows, length));
  }

  /** What the encoder makes of {@code ids}; nothing is padding. */
  public TextStates encoded(NDArray ids, Mode mode) {
    NDArray mask = ids.getManager().ones(ids.getShape(), DataType.FLOAT32);
    return model.encode(ids, mask, FusionPass.IDENTITY, mode);
  }

  /** The loss of writing {@code targets} after {@code ids}. */
  public NDArray loss(NDArray ids, NDArray targets, Mode mode) {
    NDArray hidden = model.decode(targets, encoded(ids, mode), FusionPass.IDENTITY, mode);
    NDArray logits = model.logits(hidden, FusionPass.IDENTITY);
    return model.ops().crossEntropy(logits, targets, 0, targets.size());
  }

  @Override
  public void close() {
    parameters.close();
    root.close();
  }
}
