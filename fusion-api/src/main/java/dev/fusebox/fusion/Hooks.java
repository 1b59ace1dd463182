package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;

/**
 * Which places of the decoder a pass acts at. Where it overrides nothing, the decoder need not come
 * back from libtorch to ask it, and scores need not be there to be asked about.
 *
 * @param blocks whether it acts before decoder blocks
 * @param states whether it acts on what the decoder makes, after its final norm
 * @param logits whether it acts on the scores
 */
public record Hooks(boolean blocks, boolean states, boolean logits) {

  /** Those that {@code pass} overrides. */
  public static Hooks of(FusionPass pass) {
    return new Hooks(
        overrides(pass, "beforeDecoderBlock", int.class, NDArray.class),
        overrides(pass, "afterDecoder", NDArray.class),
        overrides(pass, "atLogits", NDArray.class));
  }

  /** Whether it acts anywhere in the decoder, and so on its rows. */
  public boolean any() {
    return blocks || states || logits;
  }

  private static boolean overrides(FusionPass pass, String hook, Class<?>... arguments) {
    try {
      return pass.getClass().getMethod(hook, arguments).getDeclaringClass() != FusionPass.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
