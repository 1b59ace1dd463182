package dev.fusebox.vision.transformer;

import dev.fusebox.tensor.Parameters;

/** How a library names the weights of a vision transformer. */
interface Naming {

  /** What exactly one name ends with; what stands before it stands before all names. */
  String landmark();

  /** Whether a name, without what stands before it, is of something beside the transformer. */
  boolean isBeside(String name);

  /**
   * Declares the weights.
   *
   * @param prefix what stands before all names
   */
  VisionTransformer declare(TransformerShape shape, Parameters parameters, String prefix);
}
