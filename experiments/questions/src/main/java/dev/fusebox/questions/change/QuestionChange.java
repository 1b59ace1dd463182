package dev.fusebox.questions.change;

import static dev.fusebox.questions.change.Expectation.CHANCE;
import static dev.fusebox.questions.change.Expectation.OPEN;
import static dev.fusebox.questions.change.Expectation.OTHER;
import static dev.fusebox.questions.change.Expectation.RIGHT;
import static dev.fusebox.questions.change.Expectation.SAME;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFraming;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A way to ask questions otherwise. What is drawn is drawn for each question by itself, from its id
 * alone, so that every model is asked the same.
 */
public enum QuestionChange {
  /** The options in any order but their own. */
  SHUFFLE_OPTIONS(Subject.TEXT, SAME) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return Optional.of(ChangedOptions.shuffled(question, random));
    }
  },
  /** The options' letters from P on. */
  RENAME_LETTERS(Subject.TEXT, SAME) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      boolean enough = question.choices().size() + firstLetter() <= Question.MOST_CHOICES;
      return enough ? Optional.of(ChangedQuestion.of(question)) : Optional.empty();
    }

    @Override
    public int firstLetter() {
      return 'P' - 'A';
    }
  },
  /** One more option, which is another question's answer. */
  ADD_DISTRACTOR(Subject.TEXT, SAME) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return question.choices().size() == Question.MOST_CHOICES
          ? Optional.empty()
          : lenders
              .distractor(question, random)
              .map(option -> ChangedOptions.with(question, option, random));
    }
  },
  /** The right option stands in the hint as well. */
  ANSWER_IN_HINT(Subject.TEXT, RIGHT) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return Optional.of(ChangedText.hinting(question, question.answer()));
    }
  },
  /** A wrong option stands in the hint as well. */
  WRONG_OPTION_IN_HINT(Subject.TEXT, SAME) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return Optional.of(ChangedText.hinting(question, ChangedRationale.wrong(question, random)));
    }
  },
  /** The question in other words, by rule. */
  PARAPHRASE(Subject.TEXT, SAME) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return Optional.of(ChangedText.paraphrased(question));
    }
  },
  /** No hint, of the questions that have one. */
  NO_HINT(Subject.TEXT, CHANCE) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return ChangedText.withoutHint(question);
    }
  },
  /** The picture of a like question with another answer. */
  PICTURE_OF_ANOTHER(Subject.PICTURE, CHANCE) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return ChangedPicture.ofAnother(question, lenders, random);
    }
  },
  /** Noise in the place of the picture. */
  NOISE_PICTURE(Subject.PICTURE, CHANCE) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return ChangedPicture.unseen(question);
    }
  },
  /** No picture, of the questions that have one. */
  NO_PICTURE(Subject.PICTURE, CHANCE) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return ChangedPicture.unseen(question);
    }
  },
  /** The picture moved by a patch. */
  SHIFTED_PICTURE(Subject.PICTURE, SAME) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return ChangedPicture.framed(question);
    }

    @Override
    public Optional<PictureFraming> framing() {
      return Optional.of(PictureFraming.SHIFTED);
    }
  },
  /** The picture without its rim. */
  CROPPED_PICTURE(Subject.PICTURE, SAME) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return ChangedPicture.framed(question);
    }

    @Override
    public Optional<PictureFraming> framing() {
      return Optional.of(PictureFraming.CROPPED);
    }
  },
  /** The gold rationale. */
  GOLD_RATIONALE(Subject.RATIONALE, OPEN),
  /** An empty one. */
  NO_RATIONALE(Subject.RATIONALE, OPEN) {
    @Override
    String rationale(Question question, String own, String lent, Random random) {
      return "";
    }
  },
  /** Its own words in any order. */
  SHUFFLED_RATIONALE(Subject.RATIONALE, OPEN) {
    @Override
    String rationale(Question question, String own, String lent, Random random) {
      return ChangedRationale.shuffled(own, random);
    }
  },
  /** Its own without one sentence. */
  SHORTENED_RATIONALE(Subject.RATIONALE, OPEN) {
    @Override
    String rationale(Question question, String own, String lent, Random random) {
      return ChangedRationale.shortened(own, random);
    }
  },
  /** What was written for a like question with another answer. */
  RATIONALE_OF_ANOTHER(Subject.RATIONALE, OPEN) {
    @Override
    Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
      return lenders
          .near(question, random)
          .map(lender -> ChangedQuestion.lent(question, lender.id()));
    }

    @Override
    String rationale(Question question, String own, String lent, Random random) {
      return lent;
    }
  },
  /** Its own with a wrong option wherever the right one is named. */
  COUNTERFACTUAL_RATIONALE(Subject.RATIONALE, OTHER) {
    @Override
    String rationale(Question question, String own, String lent, Random random) {
      return ChangedRationale.counterfactual(
          own, question, ChangedRationale.wrong(question, random));
    }

    @Override
    OptionalInt argued(Question question, Random random) {
      return OptionalInt.of(ChangedRationale.wrong(question, random));
    }
  };

  /** What is changed. */
  public enum Subject {
    TEXT,
    PICTURE,
    RATIONALE
  }

  private static final long SEED = 1;

  private final Subject subject;
  private final Expectation expectation;

  QuestionChange(Subject subject, Expectation expectation) {
    this.subject = subject;
    this.expectation = expectation;
  }

  /** What is changed. */
  public Subject subject() {
    return subject;
  }

  /** What a model that understands does. */
  public Expectation expectation() {
    return expectation;
  }

  /** As a config names it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The letter of the first option, counted from 0. */
  public int firstLetter() {
    return 0;
  }

  /** How the pictures are framed instead; empty where they are not. */
  public Optional<PictureFraming> framing() {
    return Optional.empty();
  }

  /** The questions to which this can be done, changed, in their order; of no known kinds. */
  public List<ChangedQuestion> of(List<Question> questions) {
    return of(questions, question -> List.of());
  }

  /**
   * The questions to which this can be done, changed, in their order.
   *
   * @param kinds what a question is about: those of the same kinds lend to each other before others
   */
  public List<ChangedQuestion> of(
      List<Question> questions, Function<Question, List<String>> kinds) {
    Lenders lenders =
        Lenders.of(
            subject == Subject.PICTURE
                ? questions.stream().filter(Question::picture).toList()
                : questions,
            kinds);
    return questions.stream()
        .flatMap(question -> of(question, lenders, random(question)).stream())
        .toList();
  }

  /**
   * The rationale that is read.
   *
   * @param own what was written for the question
   * @param lent what was written for its lender
   */
  public String rationale(ChangedQuestion question, String own, String lent) {
    return rationale(question.asked(), own, lent, random(question.asked()));
  }

  /** The option that the changed text argues for; empty where it argues for none but the right. */
  public OptionalInt argued(Question question) {
    return argued(question, random(question));
  }

  OptionalInt argued(Question question, Random random) {
    return OptionalInt.empty();
  }

  /** Empty where it cannot be done. */
  Optional<ChangedQuestion> of(Question question, Lenders lenders, Random random) {
    return Optional.of(ChangedQuestion.of(question));
  }

  String rationale(Question question, String own, String lent, Random random) {
    return own;
  }

  /** Random numbers from seeds that are near each other begin alike, so the seed is mixed first. */
  private Random random(Question question) {
    long seed = (31 * SEED + question.id().hashCode()) * 31 + label().hashCode();
    return new Random(new SplittableRandom(seed).nextLong());
  }
}
