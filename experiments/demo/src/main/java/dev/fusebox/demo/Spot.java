package dev.fusebox.demo;

import java.util.Locale;

/** Where a thing is in its scene, as a map names it. No two things of a scene share a spot. */
enum Spot {
  NORTH(0.5, 0.21),
  SOUTH(0.5, 0.79),
  EAST(0.79, 0.5),
  WEST(0.21, 0.5);

  private final double x;
  private final double y;

  Spot(double x, double y) {
    this.x = x;
    this.y = y;
  }

  /** Its middle, from 0 at the left edge to 1 at the right one. */
  double x() {
    return x;
  }

  /** Its middle, from 0 at the upper edge to 1 at the lower one. */
  double y() {
    return y;
  }

  Spot opposite() {
    return switch (this) {
      case NORTH -> SOUTH;
      case SOUTH -> NORTH;
      case EAST -> WEST;
      case WEST -> EAST;
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
