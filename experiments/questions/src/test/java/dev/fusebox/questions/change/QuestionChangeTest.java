package dev.fusebox.questions.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.questions.prompt.TextPair;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each change changes, and what it leaves alone, over questions of all kinds. */
class QuestionChangeTest {

  private static final List<Question> QUESTIONS =
      IntStream.range(0, 300).mapToObj(QuestionChangeTest::question).toList();

  private static Question question(int number) {
    Random random = new Random(new SplittableRandom(number).nextLong());
    int options = 2 + random.nextInt(4);
    List<String> choices = new ArrayList<>();
    for (int i = 0; i < options; i++) {
      choices.add("thing " + (10 * i + random.nextInt(10)));
    }
    int answer = random.nextInt(options);
    boolean picture = random.nextBoolean();
    return new Question(
        "q" + number,
        "Which of these is asked for in way " + random.nextInt(5) + "?",
        choices,
        answer,
        random.nextBoolean() ? "A hint." : "",
        picture,
        "A lecture.",
        "It is a " + choices.get(answer) + ". So it is.",
        random.nextBoolean() ? "natural science" : "social science",
        "grade3",
        picture ? "caption " + number : "");
  }

  private static Question original(ChangedQuestion changed) {
    return QUESTIONS.get(Integer.parseInt(changed.asked().id().substring(1)));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRightStaysRightAndTheRestStaysWhatItIs(QuestionChange change) {
    List<ChangedQuestion> all = change.of(QUESTIONS);
    assertThat(all).isNotEmpty();
    for (ChangedQuestion changed : all) {
      Question before = original(changed);
      Question asked = changed.asked();
      assertThat(changed.right()).isEqualTo(before.answer());
      for (int i = 0; i < asked.choices().size(); i++) {
        int origin = changed.origins().get(i);
        if (origin != ChangedQuestion.ADDED) {
          assertThat(asked.choices().get(i)).isEqualTo(before.choices().get(origin));
        }
      }
      assertThat(asked.solution()).isEqualTo(before.solution());
      assertThat(asked.lecture()).isEqualTo(before.lecture());
      assertThat(asked.picture()).isEqualTo(before.picture());
    }
  }

  /** Which of a question's texts and options a change may touch; it must leave the others alone. */
  private static final Map<QuestionChange, Set<String>> TOUCHES =
      Map.ofEntries(
          Map.entry(QuestionChange.SHUFFLE_OPTIONS, Set.of("options")),
          Map.entry(QuestionChange.RENAME_LETTERS, Set.of()),
          Map.entry(QuestionChange.ADD_DISTRACTOR, Set.of("options")),
          Map.entry(QuestionChange.ANSWER_IN_HINT, Set.of("hint")),
          Map.entry(QuestionChange.WRONG_OPTION_IN_HINT, Set.of("hint")),
          Map.entry(QuestionChange.PARAPHRASE, Set.of("question")),
          Map.entry(QuestionChange.NO_HINT, Set.of("hint")),
          Map.entry(QuestionChange.PICTURE_OF_ANOTHER, Set.of("caption")),
          Map.entry(QuestionChange.NOISE_PICTURE, Set.of("caption")),
          Map.entry(QuestionChange.NO_PICTURE, Set.of("caption")),
          Map.entry(QuestionChange.SHIFTED_PICTURE, Set.of()),
          Map.entry(QuestionChange.CROPPED_PICTURE, Set.of()),
          Map.entry(QuestionChange.GOLD_RATIONALE, Set.of()),
          Map.entry(QuestionChange.NO_RATIONALE, Set.of()),
          Map.entry(QuestionChange.SHUFFLED_RATIONALE, Set.of()),
          Map.entry(QuestionChange.SHORTENED_RATIONALE, Set.of()),
          Map.entry(QuestionChange.RATIONALE_OF_ANOTHER, Set.of()),
          Map.entry(QuestionChange.COUNTERFACTUAL_RATIONALE, Set.of()));

  private static Map<String, Object> parts(Question question) {
    return Map.of(
        "question", question.question(),
        "options", question.choices(),
        "hint", question.hint(),
        "caption", question.caption(),
        "subject", question.subject(),
        "grade", question.grade());
  }

  @ParameterizedTest
  @EnumSource
  void aChangeTouchesWhatItSaysAndNothingElse(QuestionChange change) {
    Set<String> touched = new HashSet<>();
    for (ChangedQuestion changed : change.of(QUESTIONS)) {
      Map<String, Object> before = parts(original(changed));
      parts(changed.asked())
          .forEach(
              (part, now) -> {
                if (!now.equals(before.get(part))) {
                  touched.add(part);
                }
              });
    }
    assertThat(touched).isEqualTo(TOUCHES.get(change));
  }

  @ParameterizedTest
  @EnumSource
  void everyModelIsAskedTheSameWhateverElseIsAsked(QuestionChange change) {
    List<ChangedQuestion> again = change.of(new ArrayList<>(QUESTIONS));
    assertThat(again).isEqualTo(change.of(QUESTIONS));
    if (change == QuestionChange.SHUFFLE_OPTIONS || change == QuestionChange.WRONG_OPTION_IN_HINT) {
      assertThat(change.of(QUESTIONS.subList(5, 9))).isEqualTo(change.of(QUESTIONS).subList(5, 9));
    }
  }

  @Test
  void shuffledOptionsHaveAnyOrderButTheirOwn() {
    int[] places = new int[3];
    for (ChangedQuestion changed : QuestionChange.SHUFFLE_OPTIONS.of(QUESTIONS)) {
      List<Integer> sorted = new ArrayList<>(changed.origins());
      Collections.sort(sorted);
      assertThat(changed.origins()).isNotEqualTo(sorted);
      assertThat(new HashSet<>(sorted)).hasSize(original(changed).choices().size());
      if (sorted.size() == 3) {
        places[changed.asked().answer()]++;
      }
    }
    assertThat(Arrays.stream(places).min().orElseThrow()).isGreaterThan(10);
  }

  @Test
  void aDistractorIsNoOptionOfTheQuestionAndRightElsewhere() {
    for (ChangedQuestion changed : QuestionChange.ADD_DISTRACTOR.of(QUESTIONS)) {
      Question before = original(changed);
      int place = changed.origins().indexOf(ChangedQuestion.ADDED);
      assertThat(changed.asked().choices()).hasSize(before.choices().size() + 1);
      assertThat(before.choices()).doesNotContain(changed.asked().choices().get(place));
      assertThat(place).isNotEqualTo(changed.asked().answer());
    }
    assertThat(QuestionChange.ADD_DISTRACTOR.of(QUESTIONS)).hasSize(QUESTIONS.size());
  }

  @Test
  void hintsTellWhatTheyShould() {
    for (ChangedQuestion changed : QuestionChange.ANSWER_IN_HINT.of(QUESTIONS)) {
      Question asked = changed.asked();
      assertThat(asked.hint())
          .startsWith(original(changed).hint())
          .endsWith(asked.choices().get(asked.answer()));
    }
    for (ChangedQuestion changed : QuestionChange.WRONG_OPTION_IN_HINT.of(QUESTIONS)) {
      Question asked = changed.asked();
      assertThat(asked.choices()).anyMatch(asked.hint()::endsWith);
      assertThat(asked.hint()).doesNotEndWith(asked.choices().get(asked.answer()));
    }
    for (ChangedQuestion changed : QuestionChange.NO_HINT.of(QUESTIONS)) {
      assertThat(changed.asked().hint()).isEmpty();
      assertThat(original(changed).hint()).isNotEmpty();
    }
  }

  @Test
  void lettersBeginAtPInInputAndOutput() {
    PromptFormat format = PromptFormat.parse("QCM-A");
    Question question = QUESTIONS.get(0);
    TextPair usual = new PromptBuilder(format, false, true).prompt(question);
    TextPair renamed =
        new PromptBuilder(format, false, true, QuestionChange.RENAME_LETTERS.firstLetter())
            .prompt(question);
    assertThat(usual.source()).contains("(A) " + question.choices().get(0));
    assertThat(renamed.source())
        .contains("(P) " + question.choices().get(0), "(Q) " + question.choices().get(1))
        .doesNotContain("(A)");
    assertThat(renamed.target().trim())
        .isEqualTo("The answer is (" + (char) ('P' + question.answer()) + ").");
    assertThat(
            QuestionChange.RENAME_LETTERS.of(
                List.of(
                    question.withChoices(
                        IntStream.range(0, 12).mapToObj(Integer::toString).toList(), 0))))
        .isEmpty();
  }

  @Test
  void paraphrasesKeepTheirWords() {
    assertThat(Paraphrase.of("Which of these is a solid?"))
        .isEqualTo("Of these, which is a solid?");
    assertThat(Paraphrase.of("What is the name of the colony shown?"))
        .isEqualTo("How is the colony shown called?");
    assertThat(Paraphrase.of("Is it hot?")).isEqualTo("Please answer this: Is it hot?");
    assertThat(Paraphrase.isByRule("Is it hot?")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Which of these cities is marked on the map?|Of these cities, which is marked on the map?",
        "Which of the following is a noun?|Of the following, which is a noun?",
        "What is the name of the colony shown?|How is the colony shown called?",
        "Is it true that iron rusts?|Would you say that iron rusts?",
        "Based on the table, which tree is the oldest?|Which tree is the oldest, based on the table?",
        "According to Newton's third law, what must happen?|What must happen, according to Newton's third law?",
        "Which better describes the taiga?|Which is the better description of the taiga?",
        "Which figure of speech is used in this text?|Name the figure of speech that is used in this text.",
        "Which animal's skin is better adapted?|Name the animal's skin that is better adapted.",
        "How long is a pencil?|What is the length of a pencil?",
        "What is the capital of Iowa?|Please state the capital of Iowa.",
        "Identify the question that the test can answer.|Which is the question that the test can answer?",
        "Select the fish below.|Choose the fish below.",
        "Complete the sentence. It is ().|Fill in what is missing in the sentence. It is ().",
        "Why are deserts so dry?|For what reason are deserts so dry?",
        "Where are spores released from?|In which place are spores released from?"
      })
  void rulesPutQuestionsInOtherWords(String question, String words) {
    assertThat(Paraphrase.of(question)).isEqualTo(words);
    assertThat(Paraphrase.isByRule(question)).isTrue();
  }

  /** No rule may make a sentence of these that is none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Which material is this toy made of?",
        "Which property do these two objects have in common?",
        "Which is a solid?",
        "Which fallacy is used?\nWhy are you sad?",
        "Is rain a liquid or a gas?"
      })
  void whereNoRuleFitsTheQuestionStandsInAFrame(String question) {
    assertThat(Paraphrase.of(question)).isEqualTo("Please answer this: " + question);
  }

  @Test
  void aPictureComesFromALikeQuestionWithAnotherAnswer() {
    for (ChangedQuestion changed : QuestionChange.PICTURE_OF_ANOTHER.of(QUESTIONS)) {
      Question before = original(changed);
      Question lender = QUESTIONS.get(Integer.parseInt(changed.lender().substring(1)));
      assertThat(before.picture()).isTrue();
      assertThat(lender.picture()).isTrue();
      assertThat(lender.choices().get(lender.answer()))
          .isNotEqualTo(before.choices().get(before.answer()));
      assertThat(lender.question()).isEqualTo(before.question()); // there is always one here
      assertThat(changed.asked().caption()).isEqualTo(lender.caption());
    }
    assertThat(QuestionChange.NO_PICTURE.of(QUESTIONS))
        .allMatch(changed -> changed.asked().picture() && changed.asked().caption().isEmpty());
  }

  @Test
  void aPictureComesFromAQuestionOfTheSameTopicBeforeOneOfTheSameSubject() {
    List<Question> alone =
        QUESTIONS.stream().map(each -> each.withQuestion("What is " + each.id() + "?")).toList();
    Function<Question, List<String>> topics =
        each -> List.of("topic " + each.id().hashCode() % 4, each.grade());
    for (ChangedQuestion changed : QuestionChange.PICTURE_OF_ANOTHER.of(alone, topics)) {
      Question lender = QUESTIONS.get(Integer.parseInt(changed.lender().substring(1)));
      assertThat(topics.apply(lender)).isEqualTo(topics.apply(changed.asked()));
    }
    List<ChangedQuestion> unknown = QuestionChange.PICTURE_OF_ANOTHER.of(alone);
    assertThat(unknown)
        .allMatch(
            changed ->
                QUESTIONS
                    .get(Integer.parseInt(changed.lender().substring(1)))
                    .subject()
                    .equals(changed.asked().subject()))
        .anyMatch(
            changed ->
                Integer.parseInt(changed.lender().substring(1)) % 4
                    != Integer.parseInt(changed.asked().id().substring(1)) % 4);
  }

  private static Question animals(int answer, String... options) {
    return QUESTIONS.get(0).withChoices(List.of(options), answer);
  }

  private static String counterfactual(Question question, String own) {
    return QuestionChange.COUNTERFACTUAL_RATIONALE.rationale(ChangedQuestion.of(question), own, "");
  }

  @Test
  void aWrongOptionStandsWhereTheRightOneIsNamedAndNowhereElse() {
    Question cat = animals(0, "cat", "dog");
    assertThat(counterfactual(cat, "A Cat is in the catalog, so: cat."))
        .isEqualTo("A dog is in the catalog, so: dog.");
    assertThat(counterfactual(animals(0, "1", "2"), "12 is 1 and 2.")).isEqualTo("12 is 2 and 2.");
    assertThat(counterfactual(animals(0, "cat", "black cat"), "No black cat, a cat."))
        .isEqualTo("No black cat, a black cat.");
    assertThat(counterfactual(animals(0, "$5 (US)", "a\\b$1"), "It costs $5 (US)."))
        .isEqualTo("It costs a\\b$1.");
    assertThat(counterfactual(cat, "A pet.")).isEqualTo("A pet.");
    assertThat(counterfactual(animals(0, " ", "dog"), "A dog.")).isEqualTo("A dog.");
  }

  @Test
  void theOptionArguedForIsTheOneThatIsNamed() {
    for (Question question : QUESTIONS) {
      int argued = QuestionChange.COUNTERFACTUAL_RATIONALE.argued(question).orElseThrow();
      assertThat(argued).isNotEqualTo(question.answer());
      assertThat(counterfactual(question, question.solution()))
          .isEqualTo("It is a " + question.choices().get(argued) + ". So it is.");
      assertThat(QuestionChange.GOLD_RATIONALE.argued(question)).isEmpty();
    }
    assertThat(QuestionChange.COUNTERFACTUAL_RATIONALE.expectation()).isEqualTo(Expectation.OTHER);
  }

  @Test
  void aPictureInAnotherFrameIsAskedTheSameAndOfThoseAloneThatHaveOne() {
    for (QuestionChange change : QuestionChange.values()) {
      if (change.framing().isPresent()) {
        assertThat(change.expectation()).isEqualTo(Expectation.SAME);
        assertThat(change.of(QUESTIONS))
            .extracting(ChangedQuestion::asked)
            .isEqualTo(QUESTIONS.stream().filter(Question::picture).toList());
        assertThat(change.of(QUESTIONS)).allMatch(one -> one.lender().equals(one.asked().id()));
      }
    }
  }

  @Test
  void lentPicturesAreThoseOfTheLenderAndOfNobodyElse() {
    PictureFeatures own =
        new PictureFeatures() {
          @Override
          public int patches() {
            return 1;
          }

          @Override
          public int width() {
            return 1;
          }

          @Override
          public int read(String id, FloatBuffer into) {
            into.put(Integer.parseInt(id.substring(1)));
            return 1;
          }
        };
    LentPictures lent = new LentPictures(own, Map.of("q1", "q2"));
    FloatBuffer into = FloatBuffer.allocate(1);
    assertThat(lent.read("q1", into)).isEqualTo(1);
    assertThat(into.get(0)).isEqualTo(2);
    assertThat(lent.read("q2", into.clear())).isZero();
  }

  @Test
  void rationalesAreChangedAsTheirNamesSay() {
    Question question = QUESTIONS.get(3);
    String own = question.solution();
    ChangedQuestion asked = ChangedQuestion.of(question);
    assertThat(QuestionChange.NO_RATIONALE.rationale(asked, own, "x")).isEmpty();
    assertThat(QuestionChange.RATIONALE_OF_ANOTHER.rationale(asked, own, "x")).isEqualTo("x");
    assertThat(QuestionChange.SHUFFLED_RATIONALE.rationale(asked, own, "x").split(" "))
        .containsExactlyInAnyOrder(own.split(" "));
    assertThat(QuestionChange.SHORTENED_RATIONALE.rationale(asked, own, "x"))
        .isIn("So it is.", own.replace(" So it is.", ""));
    String wrong = QuestionChange.COUNTERFACTUAL_RATIONALE.rationale(asked, own, "x");
    assertThat(wrong).doesNotContain(question.choices().get(question.answer()));
    assertThat(question.choices()).anyMatch(wrong::contains);
    for (ChangedQuestion changed : QuestionChange.RATIONALE_OF_ANOTHER.of(QUESTIONS)) {
      assertThat(changed.lender()).isNotEqualTo(changed.asked().id());
    }
  }
}
