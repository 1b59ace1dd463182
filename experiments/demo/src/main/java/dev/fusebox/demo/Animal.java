package dev.fusebox.demo;

import java.util.Locale;

/** The animals of the meadow. */
enum Animal implements Figure {
  FISH(Group.FISH),
  DUCK(Group.BIRD),
  OWL(Group.BIRD),
  FROG(Group.AMPHIBIAN),
  BUTTERFLY(Group.INSECT),
  BEETLE(Group.INSECT),
  CAT(Group.MAMMAL),
  MOUSE(Group.MAMMAL),
  TURTLE(Group.REPTILE),
  SNAKE(Group.REPTILE);

  /** The groups animals belong to. */
  enum Group {
    FISH("Fish live in water and have fins."),
    BIRD("Birds have feathers, two wings and a beak."),
    AMPHIBIAN("Amphibians have moist skin and begin their lives in water."),
    INSECT("Insects have six legs and no backbone."),
    MAMMAL("Mammals have hair or fur and feed their young milk."),
    REPTILE("Reptiles have scaly, waterproof skin.");

    private final String lesson;

    Group(String lesson) {
      this.lesson = lesson;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What a textbook says about it. */
    String lesson() {
      return lesson;
    }
  }

  private final Group group;

  Animal(Group group) {
    this.group = group;
  }

  Group group() {
    return group;
  }

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
