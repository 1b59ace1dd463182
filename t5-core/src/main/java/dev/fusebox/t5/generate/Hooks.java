package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;

/**
 * Which places of the decoder a pass acts at. Where it overrides nothing, the decoder need not come
 * back from libtorch to ask it.
 *
 * @param blocks whether it acts before decoder blocks
 * @param logits whether it acts on the scores
 */
record Hooks(boolean blocks, boolean logits) {

  static Hooks of(FusionPass pass) {
    return new Hooks(
        overrides(pass, "beforeDecoderBlock", int.class, NDArray.class),
        overrides(pass, "atLogits", NDArray.class));
  }

  private static boolean overrides(FusionPass pass, String hook, Class<?>... arguments) {
    try {
      return pass.getClass().getMethod(hook, arguments).getDeclaringClass() != FusionPass.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
