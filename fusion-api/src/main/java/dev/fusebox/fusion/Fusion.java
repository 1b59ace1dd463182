package dev.fusebox.fusion;

/**
 * A way to let the text model see. Holds parameters and settings, no state.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Fusion {

  /** Sees nothing: the text model as it is. */
  Fusion NONE = (vision, mode) -> FusionPass.IDENTITY;

  /**
   * Starts one pass over a batch. Whatever depends on the picture alone (projection, resampler,
   * keys and values) is computed here, once, whatever the number of tokens and beams.
   *
   * @param vision the batch's pictures; B rows
   */
  FusionPass begin(VisionFeatures vision, Mode mode);

  /** Whether the parameter of that name is trained; a fusion may freeze the language model. */
  default boolean trains(String parameter) {
    return true;
  }
}
