package dev.fusebox.demo;

import java.util.List;

/**
 * One vector for each thing, as an object detector gives (DETR); the rest of the rows are zero.
 *
 * @param rows at least as many as a scene has things
 * @param noise standard deviation; the parts of a look have 1
 */
record ObjectSight(Appearance looks, int rows, double noise) implements Sight {

  ObjectSight {
    if (rows < Spot.values().length) {
      throw new IllegalArgumentException(
          "rows must be at least " + Spot.values().length + ", found " + rows);
    }
  }

  @Override
  public int width() {
    return looks.width();
  }

  @Override
  public float[] see(Scene scene, Draw draw) {
    float[] seen = new float[rows * width()];
    List<Thing> things = scene.things();
    for (int row = 0; row < things.size(); row++) {
      looks.add(things.get(row), 1, seen, row * width());
      looks.blur(noise, draw, seen, row * width());
    }
    return seen;
  }
}
