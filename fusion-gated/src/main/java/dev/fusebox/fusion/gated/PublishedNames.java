package dev.fusebox.fusion.gated;

import dev.fusebox.tensor.Parameters;

/**
 * The names of Multimodal-CoT's parameters. They lie in the encoder since spring 2023; checkpoints
 * of the first release (February 2023) have them at the top, {@code image_dense.weight}, and load
 * too.
 */
final class PublishedNames {

  private static final String ENCODER = "encoder.";

  private PublishedNames() {}

  /**
   * Lets parameters that are about to be declared be found under their first names as well.
   *
   * @param prefix {@code encoder.image_dense}
   * @param ends {@code .weight}, {@code .bias}: what is declared, and nothing else, so that a
   *     checkpoint with more is told
   * @return the prefix
   */
  static String of(Parameters parameters, String prefix, String... ends) {
    for (String end : ends) {
      String name = prefix + end;
      parameters.tie(name.substring(ENCODER.length()), name);
    }
    return prefix;
  }
}
