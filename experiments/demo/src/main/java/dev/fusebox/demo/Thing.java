package dev.fusebox.demo;

/**
 * A thing in a scene.
 *
 * @param x its middle, from 0 at the left edge to 1 at the right one; near its spot's
 * @param y its middle, from 0 at the upper edge to 1 at the lower one
 */
record Thing(Figure figure, Hue hue, Spot spot, double x, double y) {

  /** {@code red frog}. */
  String description() {
    return hue.word() + " " + figure.word();
  }
}
