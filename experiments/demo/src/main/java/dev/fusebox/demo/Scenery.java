package dev.fusebox.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Puts scenes together. */
final class Scenery {

  private static final double WANDER = 0.05; // how far a thing strays from its spot's middle

  private Scenery() {}

  /** A meadow with three or four animals; the caption tells the color of one and names another. */
  static Scene meadow(Draw draw) {
    return scene(
        draw,
        Scene.Ground.MEADOW,
        List.of(Animal.values()),
        (described, named) ->
            Words.withArticle(described.description())
                + " and "
                + named.figure().some()
                + " outside");
  }

  /** A map with three or four places; the caption tells where one is and names another. */
  static Scene map(Draw draw) {
    return scene(
        draw,
        Scene.Ground.MAP,
        List.of(Place.values()),
        (described, named) ->
            "a map with %s in the %s and %s"
                .formatted(
                    described.figure().some(), described.spot().word(), named.figure().some()));
  }

  private static Scene scene(
      Draw draw,
      Scene.Ground ground,
      List<? extends Figure> figures,
      BiFunction<Thing, Thing, String> caption) {
    List<Thing> things = things(draw, figures, draw.between(3, 4));
    List<Thing> mentioned = draw.some(2, things);
    return new Scene(ground, things, caption.apply(mentioned.get(0), mentioned.get(1)));
  }

  private static List<Thing> things(Draw draw, List<? extends Figure> figures, int count) {
    List<? extends Figure> drawn = draw.some(count, figures);
    List<Hue> hues = draw.some(count, List.of(Hue.values()));
    List<Spot> spots = draw.some(count, List.of(Spot.values()));
    List<Thing> things = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Spot spot = spots.get(i);
      double x = spot.x() + draw.around(WANDER);
      double y = spot.y() + draw.around(WANDER);
      things.add(new Thing(drawn.get(i), hues.get(i), spot, x, y));
    }
    return things;
  }
}
