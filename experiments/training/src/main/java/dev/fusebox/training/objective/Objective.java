package dev.fusebox.training.objective;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pretraining objectives, by their names in a config. A new one is a constant here, with the
 * class that it makes.
 */
public enum Objective {
  /** The question with its solution, to the letter. */
  ANSWERS("answers", Reads.TEXT) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return new AnswerReading(texts.questions(), tokens);
    }
  },
  /** The picture and the beginning of its caption, to the rest. */
  CAPTIONING("captioning", Reads.PICTURE) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return Captioning.of(texts.questions(), longest, tokens);
    }
  },
  /** The name of a region, to what the picture shows there. */
  GROUNDING("grounding", Reads.PICTURE) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return Grounding.of(texts, longest, tokens);
    }
  },
  /** Which letter stands before this option. */
  LETTERS("letters", Reads.TEXT) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return new LetterLookup(texts.questions(), tokens);
    }
  },
  /** Spans masked in the text of a question with a picture, to be written with it in view. */
  MASKED_TEXT("maskedText", Reads.PICTURE) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return maskedText(texts.questions(), tokens, longest);
    }
  },
  /** Whether a caption belongs to the picture. */
  MATCHING("matching", Reads.PICTURE) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return new Matching(PicturedText.captions(texts.questions(), longest, tokens), tokens);
    }
  },
  /** A picture and its caption, for the losses of a fusion that compares them. */
  PAIRS("pairs", Reads.PICTURE) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return new PicturePairs(PicturedText.captions(texts.questions(), longest, tokens), tokens);
    }
  },
  /** Spans masked in the texts: question, hint, options, lecture, solution. */
  SPAN_CORRUPTION("spanCorruption", Reads.TEXT) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return spanCorruption(texts.questions(), tokens, longest);
    }
  },
  /** Which option stands after this letter. */
  WORDS("words", Reads.TEXT) {
    @Override
    PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest) {
      return new WordLookup(texts.questions(), tokens);
    }
  };

  /** What its examples come with. */
  private enum Reads {
    TEXT,
    PICTURE
  }

  private final String key;
  private final Reads reads;

  Objective(String key, Reads reads) {
    this.key = key;
    this.reads = reads;
  }

  /** Its name in a config. */
  public String key() {
    return key;
  }

  /** Whether its examples come with pictures. */
  public boolean looksAtPictures() {
    return reads == Reads.PICTURE;
  }

  /** Whether nothing is written, and only what a fusion adds to the loss is learnt from. */
  public boolean writesNothing() {
    return this == PAIRS;
  }

  /**
   * Its examples over the text of a data set.
   *
   * @param longest in tokens; longer sources are cut where the objective can cut them
   */
  abstract PretrainingObjective over(PicturedTexts texts, Tokens tokens, int longest);

  /** Its examples over questions, of whose pictures nobody tells what is where. */
  PretrainingObjective over(List<Question> questions, Tokens tokens, int longest) {
    return over(new PicturedTexts(questions), tokens, longest);
  }

  /**
   * The objective of this name.
   *
   * @throws UserError for an unknown one
   */
  public static Objective of(String key) {
    return Arrays.stream(values())
        .filter(objective -> objective.key.equals(key))
        .findFirst()
        .orElseThrow(() -> unknown(key));
  }

  private static UserError unknown(String key) {
    List<String> known = Arrays.stream(values()).map(Objective::key).toList();
    return new UserError(
        "unknown objective " + key + Spelling.hint(key, known) + "; known: " + known);
  }

  private static PretrainingObjective maskedText(
      List<Question> questions, Tokens tokens, int longest) {
    List<PicturedText> texts =
        questions.stream()
            .filter(Question::picture)
            .map(question -> new PicturedText(question.id(), tokens.of(text(question))))
            .toList();
    return MaskedText.of(texts, longest, tokens);
  }

  private static PretrainingObjective spanCorruption(
      List<Question> questions, Tokens tokens, int longest) {
    List<List<Integer>> texts =
        questions.stream().map(question -> tokens.of(text(question))).toList();
    return new SpanCorruption(texts, longest, tokens);
  }

  private static String text(Question question) {
    Stream<String> before = Stream.of(question.question(), question.hint());
    Stream<String> after = Stream.of(question.lecture(), question.solution());
    return Stream.of(before, question.choices().stream(), after)
        .flatMap(part -> part)
        .filter(part -> !part.isBlank())
        .reduce((left, right) -> left + " " + right)
        .orElse("");
  }
}
