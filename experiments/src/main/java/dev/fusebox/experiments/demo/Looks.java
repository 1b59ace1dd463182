package dev.fusebox.experiments.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How things look to a model: a fixed random vector for each figure and each color, and two for
 * where a thing is. A thing looks like the sum of its own. The vectors belong to the world, not to
 * the data's seed: what is learnt on one demo holds on every other.
 */
final class Looks {

  private static final long WORLD = 20_230_202; // any constant: it names this world
  private static final double REACH = 0.29; // from the middle of a picture to a spot

  private final int width;
  private final Map<Object, double[]> vectors = new HashMap<>();
  private final double[] eastward;
  private final double[] southward;

  /**
   * The looks of the world to one model.
   *
   * @param model models differ in their vectors
   * @param width V
   */
  Looks(String model, int width) {
    this.width = width;
    Draw draw = new Draw(WORLD, model.hashCode());
    Stream.of(Animal.values(), Place.values(), Hue.values())
        .flatMap(Stream::of)
        .forEach(part -> vectors.put(part, vector(draw)));
    eastward = vector(draw);
    southward = vector(draw);
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
    double east = (thing.x() - 0.5) / REACH;
    double south = (thing.y() - 0.5) / REACH;
    for (int i = 0; i < width; i++) {
      double look = figure[i] + hue[i] + east * eastward[i] + south * southward[i];
      into[start + i] += (float) (share * look);
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
