package dev.fusebox.fusion;

/**
 * A way to give the text model a picture. Holds parameters and settings, no state.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Fusion {

  /** No fusion: the unchanged text model. */
  Fusion NONE = (vision, mode) -> FusionPass.IDENTITY;

  /**
   * Starts the forward pass over a batch. Whatever depends on the picture alone (projection,
   * resampler, keys and values) is computed here, once, for all tokens and beams.
   *
   * @param vision the batch's pictures; B rows
   */
  FusionPass begin(VisionFeatures vision, Mode mode);

  /** Whether the parameter of that name is trainable; a fusion may freeze the language model. */
  default boolean trains(String parameter) {
    return true;
  }
}
