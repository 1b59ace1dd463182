package dev.fusebox.demo;

import dev.fusebox.demo.Kind.Grades;
import dev.fusebox.demo.Kind.Subject;
import java.util.List;
import java.util.stream.Stream;

/** Social science with a picture: maps, and what people get from where. */
final class Atlas {

  /** What is asked about a map. */
  static final List<Kind> KINDS =
      List.of(
          new Kind(
              Subject.SOCIAL,
              "geography",
              "Geography",
              "Read a map: find a place",
              new Grades(2, 8),
              directionLecture(),
              3,
              Atlas::place),
          new Kind(
              Subject.SOCIAL,
              "economics",
              "Basic economic principles",
              "Read a map: goods and where they come from",
              new Grades(6, 12),
              goodsLecture(),
              3,
              Atlas::good));

  private Atlas() {}

  private static SceneQuestion place(Kind kind, Draw draw) {
    Scene scene = Scenery.map(draw);
    Thing asked = draw.one(scene.things());
    String text =
        draw.one("Which place is in the %s?", "What lies in the %s of the map?")
            .formatted(asked.spot().word());
    List<String> others = scene.things().stream().map(thing -> thing.figure().word()).toList();
    Choices choices = Choices.of(draw, asked.figure().word(), others, draw.between(3, 4));
    return kind.about(scene, draw, text, choices, hint(draw), solution(asked));
  }

  private static SceneQuestion good(Kind kind, Draw draw) {
    Scene scene = Scenery.map(draw);
    Thing asked = draw.one(scene.things());
    String text =
        draw.one("What do people get from the %s of the map?", "What comes from the %s?")
            .formatted(asked.spot().word());
    List<String> others = scene.things().stream().map(thing -> place(thing).good()).toList();
    Place place = place(asked);
    Choices choices = Choices.of(draw, place.good(), others, 3);
    String solution = solution(asked) + " " + gives(place);
    return kind.about(scene, draw, text, choices, hint(draw), solution);
  }

  static String gives(Place place) {
    return "People get %s from %s.".formatted(place.good(), place.some());
  }

  static String directionLecture() {
    return "Maps have four main directions: north, south, east and west. On most maps north is at"
        + " the top, south at the bottom, east on the right and west on the left. A compass rose"
        + " shows them.";
  }

  static String goodsLecture() {
    return "Goods are things that people make or gather. "
        + String.join(" ", Stream.of(Place.values()).map(Atlas::gives).toList());
  }

  private static Place place(Thing thing) {
    return (Place) thing.figure();
  }

  private static String solution(Thing thing) {
    return "The %s is in the %s.".formatted(thing.figure().word(), thing.spot().word());
  }

  private static String hint(Draw draw) {
    return draw.chance(0.3) ? "Look at the map." : "";
  }
}
