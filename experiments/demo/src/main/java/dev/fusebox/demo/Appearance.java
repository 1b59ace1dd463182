package dev.fusebox.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How things look to a model: a fixed random vector for each figure, each color and each spot. A
 * thing looks like the sum of its own. The vectors belong to the world, not to the data's seed:
 * what is learnt on one demo holds on every other.
 */
final class Appearance {

  private static final long WORLD = 20_230_202; // any constant: it names this world

  private final int width;
  private final Map<Object, double[]> vectors = new HashMap<>();

  /**
   * The looks of the world to one model.
   *
   * @param model models differ in their vectors
   * @param width V
   */
  Appearance(String model, int width) {
    this.width = width;
    Draw draw = new Draw(WORLD, model.hashCode());
    Stream.of(Animal.values(), Place.values(), Hue.values(), Spot.values())
        .flatMap(Stream::of)
        .forEach(part -> vectors.put(part, vector(draw)));
  }

  int width() {
    return width;
  }

  private double[] vector(Draw draw) {
    return draw.gaussians(width);
  }

  /** Adds the look of a thing, times a share, to the row that starts there. */
  void add(Thing thing, double share, float[] into, int start) {
    double[] figure = vectors.get(thing.figure());
    double[] hue = vectors.get(thing.hue());
    double[] spot = vectors.get(thing.spot());
    for (int i = 0; i < width; i++) {
      into[start + i] += (float) (share * (figure[i] + hue[i] + spot[i]));
    }
  }

  /** Adds noise of this standard deviation to the row that starts there. */
  void blur(double deviation, Draw noise, float[] into, int start) {
    double[] drawn = noise.gaussians(width);
    for (int i = 0; i < width; i++) {
      into[start + i] += (float) (deviation * drawn[i]);
    }
  }
}
