package dev.fusebox.demo;

import dev.fusebox.demo.Kind.Grades;
import dev.fusebox.demo.Kind.Subject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Natural and social science without a picture: what everyone knows, and what a text says. */
final class Schoolbook {

  private static final Map<String, List<String>> STATES =
      new TreeMap<>(
          Map.of(
              "solid", List.of("ice", "glass", "salt", "iron", "chalk"),
              "liquid", List.of("water", "milk", "oil", "juice", "honey"),
              "gas", List.of("air", "steam", "oxygen", "helium", "smoke")));

  private static final ToldThings HUES =
      new ToldThings(
          thing -> thing.hue().word(),
          "The %s is %s.",
          "What color is the %s?",
          "Which animal is %s?");

  private static final ToldThings SPOTS =
      new ToldThings(
          thing -> thing.spot().word(),
          "The %s is in the %s.",
          "Where is the %s?",
          "Which place is in the %s?");

  /** What is asked in the two sciences without a picture. */
  static final List<Kind> KINDS =
      List.of(
          new Kind(
              Subject.NATURAL,
              "biology",
              "Classification",
              "Classify an animal by its name",
              new Grades(3, 9),
              Meadow.groupLecture(),
              2,
              Schoolbook::group),
          new Kind(
              Subject.NATURAL,
              "chemistry",
              "Solids, liquids, and gases",
              "Identify solids, liquids, and gases",
              new Grades(4, 10),
              "A solid keeps its shape. A liquid takes the shape of its container. A gas fills all"
                  + " the space it is given.",
              2,
              Schoolbook::state),
          new Kind(
              Subject.NATURAL,
              "science-and-engineering-practices",
              "Observation",
              "Read an observation",
              new Grades(1, 8),
              "Scientists write down what they observe. Others can read it without having been"
                  + " there.",
              3,
              Schoolbook::observation),
          new Kind(
              Subject.SOCIAL,
              "economics",
              "Basic economic principles",
              "Goods and where they come from",
              new Grades(3, 9),
              Atlas.goodsLecture(),
              2,
              Schoolbook::good),
          new Kind(
              Subject.SOCIAL,
              "geography",
              "Geography",
              "Cardinal directions",
              new Grades(1, 6),
              Atlas.directionLecture(),
              1,
              Schoolbook::opposite),
          new Kind(
              Subject.SOCIAL,
              "geography",
              "Geography",
              "Read directions",
              new Grades(2, 10),
              Atlas.directionLecture(),
              2,
              Schoolbook::directions));

  private Schoolbook() {}

  private static SceneQuestion group(Kind kind, Draw draw) {
    Animal animal = draw.one(Animal.values());
    String text =
        draw.one("What kind of animal is %s?", "To which group does %s belong?")
            .formatted(animal.some());
    List<String> others = Stream.of(Animal.Group.values()).map(Animal.Group::word).toList();
    Choices choices = Choices.of(draw, animal.group().word(), others, 3);
    String solution =
        "%s is %s."
            .formatted(Words.sentence(animal.some()), Words.withArticle(animal.group().word()));
    return kind.plain(draw, text, choices, "", solution);
  }

  private static SceneQuestion state(Kind kind, Draw draw) {
    String state = draw.one(List.copyOf(STATES.keySet()));
    String matter = draw.one(STATES.get(state));
    String solution = "%s is a %s.".formatted(Words.sentence(matter), state);
    if (draw.chance(0.5)) {
      Choices choices = Choices.of(draw, state, List.copyOf(STATES.keySet()), 3);
      String text = "Which state of matter is %s?".formatted(matter);
      return kind.plain(draw, text, choices, "", solution);
    }
    List<String> others =
        STATES.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(state))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    Choices choices = Choices.of(draw, matter, others, 3);
    return kind.plain(draw, "Which of these is a %s?".formatted(state), choices, "", solution);
  }

  /** The meadow's questions, with the scene told instead of shown. */
  private static SceneQuestion observation(Kind kind, Draw draw) {
    return HUES.of(kind, draw, draw.some(3, Scenery.meadow(draw).things()));
  }

  private static SceneQuestion good(Kind kind, Draw draw) {
    Place place = draw.one(Place.values());
    List<String> others = Stream.of(Place.values()).map(Place::good).toList();
    Choices choices = Choices.of(draw, place.good(), others, draw.between(3, 4));
    String text =
        draw.one("What do people get from %s?", "Which good comes from %s?")
            .formatted(place.some());
    return kind.plain(draw, text, choices, "", Atlas.gives(place));
  }

  private static SceneQuestion opposite(Kind kind, Draw draw) {
    Spot from = draw.one(Spot.values());
    List<String> others =
        Stream.of(Spot.values()).filter(spot -> spot != from).map(Spot::word).toList();
    Choices choices = Choices.of(draw, from.opposite().word(), others, 3);
    String text = "Which direction is opposite to %s?".formatted(from.word());
    String solution =
        "%s is opposite to %s.".formatted(Words.sentence(from.opposite().word()), from.word());
    return kind.plain(draw, text, choices, "", solution);
  }

  /** The map's questions, with the map told instead of shown. */
  private static SceneQuestion directions(Kind kind, Draw draw) {
    return SPOTS.of(kind, draw, draw.some(3, Scenery.map(draw).things()));
  }
}
