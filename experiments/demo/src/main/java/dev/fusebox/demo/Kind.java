package dev.fusebox.demo;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A kind of question.
 *
 * @param skill names it, as ScienceQA names its skills
 * @param lecture general knowledge that helps with every question of this kind
 * @param weight how often it is asked, relative to the other kinds of its book
 * @param maker asks one
 */
record Kind(
    Subject subject,
    String topic,
    String category,
    String skill,
    Grades grades,
    String lecture,
    int weight,
    BiFunction<Kind, Draw, SceneQuestion> maker) {

  /** ScienceQA's subjects. */
  enum Subject {
    NATURAL,
    SOCIAL,
    LANGUAGE;

    /** As {@code problems.json} writes it. */
    String field() {
      return name().toLowerCase(Locale.ROOT) + " science";
    }
  }

  /** A range of school years, both included. */
  record Grades(int from, int to) {
    Grades {
      if (from < 1 || from > to || to > 12) {
        throw new IllegalArgumentException("grades run from 1 to 12, found " + from + "-" + to);
      }
    }
  }

  SceneQuestion ask(Draw draw) {
    return maker.apply(this, draw);
  }

  /** A question of this kind about a picture. */
  SceneQuestion about(
      Scene scene, Draw draw, String text, Choices choices, String hint, String solution) {
    return new SceneQuestion(this, grade(draw), text, choices, hint, solution, Optional.of(scene));
  }

  /** A question of this kind that needs no picture. */
  SceneQuestion plain(Draw draw, String text, Choices choices, String hint, String solution) {
    return new SceneQuestion(this, grade(draw), text, choices, hint, solution, Optional.empty());
  }

  private int grade(Draw draw) {
    return draw.between(grades.from(), grades.to());
  }
}
