package dev.fusebox.questions.picture;

/** What a model is told of the picture. */
public enum FeatureSource {
  /** Nothing. */
  NONE,
  /** Its caption, as text. */
  CAPTION,
  /** Object queries of DETR. */
  DETR,
  /** The grid of CLIP. */
  CLIP,
  /** Pooled ResNet. */
  RESNET,
  /** Patches of a vision transformer. */
  VIT,
  /** The picture's own pixels, cut into squares. */
  PATCHES;

  /** Whether vectors reach the model, rather than text or nothing. */
  public boolean hasVectors() {
    return this != NONE && this != CAPTION;
  }
}
