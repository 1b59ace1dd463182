package dev.fusebox.vision;

/** What is kept of the places of a picture. */
public enum Pool {
  /** All of them; in a ViT or CLIP the class token first. */
  ALL,
  /** The patches without the class token. */
  PATCHES,
  /** The class token alone. */
  CLASS,
  /** The mean of the patches, without the class token. */
  MEAN;

  /**
   * How many vectors are left.
   *
   * @param places of a picture, a class token among them
   */
  public int of(int places) {
    return switch (this) {
      case ALL -> places;
      case PATCHES -> places - 1;
      case CLASS, MEAN -> 1;
    };
  }
}
