package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;

/**
 * The decoder hooks that a pass overrides. Without any, the decoder can stay inside libtorch
 * between blocks, and logits need not be materialised.
 *
 * @param blocks whether it acts before decoder blocks
 * @param states whether it acts on the decoder's output, after its final norm
 * @param logits whether it acts on the logits
 * @since 0.1
 */
public record Hooks(boolean blocks, boolean states, boolean logits) {

  private static final Hooks NOWHERE = new Hooks(false, false, false);

  /** Those that {@code pass} overrides, or one of its parts. */
  public static Hooks of(FusionPass pass) {
    if (pass instanceof JoinedPass joined) {
      return joined.parts().values().stream().map(Hooks::of).reduce(NOWHERE, Hooks::or);
    }
    return new Hooks(
        overrides(pass, "beforeDecoderBlock", int.class, NDArray.class),
        overrides(pass, "afterDecoder", NDArray.class),
        overrides(pass, "atLogits", NDArray.class));
  }

  /** Whether it acts anywhere in the decoder. */
  public boolean any() {
    return blocks || states || logits;
  }

  private Hooks or(Hooks other) {
    return new Hooks(blocks || other.blocks, states || other.states, logits || other.logits);
  }

  private static boolean overrides(FusionPass pass, String hook, Class<?>... arguments) {
    try {
      return pass.getClass().getMethod(hook, arguments).getDeclaringClass() != FusionPass.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
