package dev.fusebox.demo;

/**
 * One vector for the whole scene, repeated, as mm-cot's ResNet features are: it tells which parts
 * occur, not which belong together.
 *
 * @param noise standard deviation; the parts of a look have 1
 */
record PooledSight(Appearance looks, int rows, double noise) implements Sight {

  @Override
  public int width() {
    return looks.width();
  }

  @Override
  public float[] see(Scene scene, Draw draw) {
    float[] seen = new float[rows * width()];
    double share = 1 / Math.sqrt(scene.things().size());
    scene.things().forEach(thing -> looks.add(thing, share, seen, 0));
    looks.blur(noise, draw, seen, 0);
    for (int row = 1; row < rows; row++) {
      System.arraycopy(seen, 0, seen, row * width(), width());
    }
    return seen;
  }
}
