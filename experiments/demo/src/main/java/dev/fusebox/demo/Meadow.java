package dev.fusebox.demo;

import dev.fusebox.demo.Kind.Grades;
import dev.fusebox.demo.Kind.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Natural science with a picture: animals and their colors. Wrong options are true of other animals
 * of the same scene, so that knowing what is in it does not help without knowing what belongs
 * together.
 */
final class Meadow {

  /** What is asked about a meadow. */
  static final List<Kind> KINDS =
      List.of(
          new Kind(
              Subject.NATURAL,
              "biology",
              "Observation",
              "Find an animal by its color",
              new Grades(1, 7),
              "Animals can be told apart by their properties. To find one, compare the property"
                  + " you look for with what you see.",
              3,
              Meadow::animal),
          new Kind(
              Subject.NATURAL,
              "biology",
              "Classification",
              "Classify an animal in a picture",
              new Grades(5, 12),
              groupLecture(),
              3,
              Meadow::group));

  private Meadow() {}

  private static SceneQuestion animal(Kind kind, Draw draw) {
    Scene scene = Scenery.meadow(draw);
    Thing asked = draw.one(scene.things());
    String text =
        draw.one("Which animal is %s?", "Which of these animals is %s?")
            .formatted(asked.hue().word());
    List<String> others = scene.things().stream().map(thing -> thing.figure().word()).toList();
    Choices choices = Choices.of(draw, asked.figure().word(), others, draw.between(3, 4));
    return kind.about(scene, draw, text, choices, hint(draw), solution(asked));
  }

  private static SceneQuestion group(Kind kind, Draw draw) {
    Scene scene = Scenery.meadow(draw);
    Thing asked = draw.one(scene.things());
    String hue = asked.hue().word();
    String text =
        draw.one("What kind of animal is the %s one?", "To which group does the %s animal belong?")
            .formatted(hue);
    String right = ((Animal) asked.figure()).group().word();
    Choices choices = Choices.of(draw, right, groups(scene, draw), 3);
    String solution =
        solution(asked) + " " + Words.sentence(asked.figure().some()) + " is " + some(right) + ".";
    return kind.about(scene, draw, text, choices, hint(draw), solution);
  }

  /** The groups of the animals in the scene, filled up to three with others. */
  private static List<String> groups(Scene scene, Draw draw) {
    Stream<Animal.Group> seen =
        scene.things().stream().map(thing -> ((Animal) thing.figure()).group());
    Stream<Animal.Group> other = draw.shuffled(List.of(Animal.Group.values())).stream();
    return Stream.concat(seen, other).map(Animal.Group::word).distinct().limit(3).toList();
  }

  static String some(String group) {
    return Words.withArticle(group);
  }

  static String groupLecture() {
    return "Scientists sort animals into groups by what they have in common. "
        + String.join(" ", Arrays.stream(Animal.Group.values()).map(Animal.Group::lesson).toList());
  }

  private static String solution(Thing thing) {
    return "The %s is %s.".formatted(thing.figure().word(), thing.hue().word());
  }

  private static String hint(Draw draw) {
    return draw.chance(0.3) ? "Look at the picture." : "";
  }
}
