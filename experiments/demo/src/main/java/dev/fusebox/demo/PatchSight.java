package dev.fusebox.demo;

/**
 * One vector for each square of a grid, as CLIP and ViT give: what is near a square is mixed into
 * it, the nearer the more, so that neighbours run into each other.
 *
 * @param summary whether their mean stands in front, as ViT's first token
 * @param side squares along an edge
 * @param blur how far a thing reaches, in widths of the picture
 * @param noise standard deviation; the parts of a look have 1
 */
record PatchSight(Appearance looks, boolean summary, int side, double blur, double noise)
    implements Sight {

  @Override
  public int rows() {
    return side * side + first();
  }

  private int first() {
    return summary ? 1 : 0;
  }

  @Override
  public int width() {
    return looks.width();
  }

  @Override
  public float[] see(Scene scene, Draw draw) {
    float[] seen = new float[rows() * width()];
    for (int square = 0; square < side * side; square++) {
      int start = (square + first()) * width();
      int row = square / side;
      double x = (square % side + 0.5) / side;
      double y = (row + 0.5) / side;
      scene.things().forEach(thing -> looks.add(thing, nearness(thing, x, y), seen, start));
      looks.blur(noise, draw, seen, start);
    }
    if (summary) {
      summarise(seen);
    }
    return seen;
  }

  private double nearness(Thing thing, double x, double y) {
    double squared = Math.pow(thing.x() - x, 2) + Math.pow(thing.y() - y, 2);
    return Math.exp(-squared / (2 * blur * blur));
  }

  private void summarise(float[] seen) {
    for (int i = width(); i < seen.length; i++) {
      seen[i % width()] += seen[i] / (side * side);
    }
  }
}
