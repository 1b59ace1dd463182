package dev.fusebox.t5.tune;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tuned model as one that was never tuned: what was added is folded into the weights. */
public final class MergedWeights {

  private MergedWeights() {}

  /**
   * The weights that the model would have without the additions, by Hugging Face's names. Those
   * that nothing was added to are the parameters themselves.
   *
   * @throws IllegalArgumentException if what was added is no part of any weight, such as vectors
   *     before the text
   */
  public static Map<String, NDArray> of(Parameters parameters, Tuning tuning) {
    if (tuning instanceof Prompt) {
      throw new IllegalArgumentException(
          "prompt vectors are not part of any weight: a prompt-tuning adapter cannot be"
              + " merged");
    }
    Map<String, NDArray> merged = new LinkedHashMap<>();
    parameters
        .all()
        .forEach(
            (name, array) -> {
              if (!tuning.adds(name)) {
                merged.put(name, merged(tuning, parameters, Targets.stem(name), array));
              }
            });
    return merged;
  }

  private static NDArray merged(Tuning tuning, Parameters parameters, String stem, NDArray base) {
    if (tuning instanceof Lora lora && lora.tunes(stem)) {
      return lora.sum(parameters, stem, base).weight();
    }
    if (tuning instanceof Ia3 ia3 && ia3.tunes(stem)) {
      return ia3.scaled(parameters, stem, base).weight();
    }
    return base;
  }
}
