package dev.fusebox.demo;

import dev.fusebox.demo.Kind.Grades;
import dev.fusebox.demo.Kind.Subject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Language science: never a picture. */
final class Grammar {

  private static final List<List<String>> OPPOSITES =
      List.of(
          List.of("hot", "cold"),
          List.of("big", "small"),
          List.of("fast", "slow"),
          List.of("old", "new"),
          List.of("happy", "sad"),
          List.of("open", "closed"),
          List.of("early", "late"),
          List.of("full", "empty"));
  private static final List<String> NOUNS =
      List.of("table", "river", "garden", "basket", "window", "letter", "bridge", "kitchen");
  private static final List<String> NAMES =
      List.of("Lea", "Tom", "Mia", "Ben", "Zoe", "Max", "Ann", "Sam");

  /** Regular verbs: their forms are the verb, and the verb with an ending. */
  private static final List<String> VERBS =
      List.of("walk", "jump", "paint", "cook", "play", "help", "climb", "clean");

  /** The tenses of the verb questions. */
  private enum Tense {
    PAST("%s %sed."),
    PRESENT("%s %ss."),
    FUTURE("%s will %s.");

    private final String sentence;

    Tense(String sentence) {
      this.sentence = sentence;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is asked about language. */
  static final List<Kind> KINDS =
      List.of(
          new Kind(
              Subject.LANGUAGE,
              "vocabulary",
              "Synonyms and antonyms",
              "Choose the antonym",
              new Grades(1, 8),
              "Antonyms are words with opposite meanings. Long and short are antonyms.",
              2,
              Grammar::opposite),
          new Kind(
              Subject.LANGUAGE,
              "grammar",
              "Parts of speech",
              "Identify verbs, nouns, and adjectives",
              new Grades(2, 9),
              "A verb names an action. A noun names a person, a place or a thing. An adjective"
                  + " describes a noun.",
              2,
              Grammar::partOfSpeech),
          new Kind(
              Subject.LANGUAGE,
              "verbs",
              "Verb tense",
              "Is the sentence in the past, present, or future tense?",
              new Grades(2, 12),
              "Past tense verbs often end in -ed. Present tense verbs often end in -s. Future tense"
                  + " verbs use the word will.",
              3,
              Grammar::tense));

  private Grammar() {}

  private static SceneQuestion opposite(Kind kind, Draw draw) {
    List<String> pair = draw.shuffled(draw.one(OPPOSITES));
    List<String> others =
        OPPOSITES.stream().flatMap(List::stream).filter(word -> !pair.contains(word)).toList();
    Choices choices = Choices.of(draw, pair.get(1), others, draw.between(3, 4));
    String text = "Which word is the opposite of %s?".formatted(pair.get(0));
    String solution = "The opposite of %s is %s.".formatted(pair.get(0), pair.get(1));
    return kind.plain(draw, text, choices, "", solution);
  }

  private static SceneQuestion partOfSpeech(Kind kind, Draw draw) {
    List<String> adjectives = OPPOSITES.stream().flatMap(List::stream).toList();
    int which = draw.below(3);
    String part = List.of("verb", "noun", "adjective").get(which);
    List<List<String>> words = List.of(VERBS, NOUNS, adjectives);
    String right = draw.one(words.get(which));
    List<String> others =
        Stream.of(0, 1, 2)
            .filter(other -> other != which)
            .flatMap(other -> words.get(other).stream())
            .toList();
    Choices choices = Choices.of(draw, right, others, 3);
    String text = "Which word is %s?".formatted(Words.withArticle(part));
    String solution = "The word %s is %s.".formatted(right, Words.withArticle(part));
    return kind.plain(draw, text, choices, "", solution);
  }

  private static SceneQuestion tense(Kind kind, Draw draw) {
    Tense tense = draw.one(Tense.values());
    String sentence = tense.sentence.formatted(draw.one(NAMES), draw.one(VERBS));
    List<String> others = Stream.of(Tense.values()).map(Tense::word).toList();
    Choices choices = Choices.of(draw, tense.word(), others, 3);
    String solution = "The sentence is in the %s tense.".formatted(tense.word());
    return kind.plain(draw, "Which tense does the sentence use?", choices, sentence, solution);
  }
}
