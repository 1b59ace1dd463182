package dev.fusebox.fusion.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.function.Function;

/**
 * The T5 of the contract: v1.1, stacks of two and three blocks, heads × headWidth not the width.
 *
 * @since 0.1
 */
public final class TinyFusedModel {

  /** Its shape. */
  public static final T5Config CONFIG =
      T5Config.small(50, 16, 4)
          .withHeadWidth(6)
          .withFeedForwardWidth(24)
          .withDepths(2, 3)
          .asVersion11();

  private TinyFusedModel() {}

  /** Builds the model; {@code seed} is of what the weights do not hold. */
  public static <E extends Exception> FusedModel build(
      long seed, FusedModel.Weights<E> weights, Function<FusionContext, Fusion> fusion) throws E {
    return FusedModel.build(CONFIG, FusedInputs.WIDTH, seed, weights, fusion);
  }

  static FusedModel bfloat16(long seed, Function<FusionContext, Fusion> fusion) {
    return FusedModel.build(
        CONFIG, FusedInputs.WIDTH, seed, parameters -> {}, fusion, Precision.BFLOAT16);
  }

  static FusedModel textOnly() {
    return build(7, parameters -> {}, context -> Fusion.NONE);
  }

  static void copy(Parameters from, Parameters to) {
    to.all().forEach((name, array) -> array.set(from.get(name).toFloatArray()));
  }

  /** Adds a little to every number, as training would. */
  public static void move(Parameters parameters) {
    try (NDManager manager = NDManager.newBaseManager()) {
      parameters
          .all()
          .forEach(
              (name, array) -> {
                Random random = new Random(name.hashCode());
                FloatBuffer numbers = FloatBuffer.allocate((int) array.size());
                while (numbers.hasRemaining()) {
                  numbers.put((float) (0.1 * random.nextGaussian()));
                }
                NDArray change = manager.create(numbers.array(), array.getShape());
                array.addi(change);
              });
    }
  }
}
