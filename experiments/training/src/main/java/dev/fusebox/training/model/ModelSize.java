package dev.fusebox.training.model;

import ai.djl.ndarray.NDArray;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.FrozenWeights;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many numbers a model holds, counted in one that has shapes alone.
 *
 * @param learning those that are trained
 * @param frozen those that are not
 * @param saved bytes that are not taken, since some of {@code frozen} are held in less than fp32
 * @param fusion those of {@code learning} and {@code frozen} that are the fusion's
 */
public record ModelSize(long learning, long frozen, long saved, long fusion) {

  /** About how many numbers the language model alone has, without the engine to count them. */
  public static long atLeast(T5Config config) {
    long width = config.width();
    long attention = 4 * width * config.attentionWidth();
    long feedForward = (config.gated() ? 3 : 2) * width * config.feedForwardWidth();
    return width * config.vocabulary()
        + config.encoderDepth() * (attention + feedForward)
        + config.decoderDepth() * (2 * attention + feedForward);
  }

  /**
   * Counts.
   *
   * @param frozenWeights what the language model is held in where it stays as it is
   * @param visionWidth of the pictures' vectors; without it there is no fusion
   */
  public static ModelSize of(
      T5Config config,
      Tuning tuning,
      FrozenWeights frozenWeights,
      FusionSettings fusion,
      OptionalInt visionWidth,
      FusionCatalogue catalogue) {
    return new ModelOutline(config, tuning, fusion, visionWidth)
        .asked(catalogue, parameters -> count(parameters, tuning, frozenWeights));
  }

  private static ModelSize count(
      Parameters parameters, Tuning tuning, FrozenWeights frozenWeights) {
    long learning = Parameters.count(parameters.trainable().values());
    long all = Parameters.count(parameters.all().values());
    long saved = 0;
    long fusion = 0;
    for (Map.Entry<String, NDArray> each : parameters.all().entrySet()) {
      saved += tuning.keepsBase() ? saved(each.getKey(), each.getValue(), frozenWeights) : 0;
      fusion +=
          T5Names.isOfT5(each.getKey()) || tuning.adds(each.getKey()) ? 0 : each.getValue().size();
    }
    return new ModelSize(learning, all - learning, saved, fusion);
  }

  private static long saved(String name, NDArray array, FrozenWeights frozenWeights) {
    if (frozenWeights == FrozenWeights.FLOAT32 || !T5Names.isMatrix(name)) {
      return 0;
    }
    return frozenWeights == FrozenWeights.INT8 && T5Names.isMatrixOfBlock(name)
        ? array.size() * (Float.BYTES - Byte.BYTES) - array.getShape().get(0) * Float.BYTES
        : array.size() * (Float.BYTES - Short.BYTES);
  }

  /** Bytes of all weights. */
  public long weightBytes() {
    return (learning + frozen) * Float.BYTES - saved;
  }
}
