package dev.fusebox.demo;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** What stands in each spot that something stands in: {@code in the north} → {@code a farm}. */
  SortedMap<String, String> regions() {
    SortedMap<String, String> regions = new TreeMap<>();
    for (Thing thing : things) {
      regions.put(
          "in the " + thing.spot().word(),
          ground == Ground.MAP ? thing.figure().some() : Words.withArticle(thing.description()));
    }
    return regions;
  }
}
