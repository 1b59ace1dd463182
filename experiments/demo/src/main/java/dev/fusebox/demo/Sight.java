package dev.fusebox.demo;

/**
 * A way to see a scene: what a vision model would make of the picture. Each stands for one of
 * ScienceQA's feature files and has its place in an order: objects tell what belongs together,
 * patches blur it, a pooled vector loses it.
 */
sealed interface Sight permits ObjectSight, PatchSight, PooledSight {

  /** P: vectors of a picture. */
  int rows();

  /** V: the width of a vector. */
  int width();

  /**
   * The vectors of a scene, (P, V), the last axis fastest.
   *
   * @param noise every look at a scene is a little different
   */
  float[] see(Scene scene, Draw noise);
}
