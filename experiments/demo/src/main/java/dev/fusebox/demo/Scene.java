package dev.fusebox.demo;

import java.util.List;

/**
 * What a picture shows: three or four things that differ in figure, color and spot.
 *
 * @param ground decides the background, and how a caption speaks
 * @param things in no particular order
 * @param caption a sentence that tells a part of it
 */
record Scene(Ground ground, List<Thing> things, String caption) {

  /** What a scene is set on. */
  enum Ground {
    MEADOW,
    MAP
  }

  Scene {
    things = List.copyOf(things);
    if (things.isEmpty() || things.size() > Spot.values().length) {
      throw new IllegalArgumentException(
          "a scene has 1 to " + Spot.values().length + " things, found " + things.size());
    }
  }
}
