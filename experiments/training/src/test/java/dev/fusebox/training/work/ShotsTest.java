package dev.fusebox.training.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.FileHashes;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.SplitLimits;
import dev.fusebox.questions.SplitNames;
import dev.fusebox.questions.prompt.TextPair;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.training.recipe.ShotSettings;
import dev.fusebox.training.recipe.ShotSettings.Choice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShotsTest {

  static final DataSettings DATA =
      new DataSettings(
          Optional.empty(),
          new DemoSettings(100, 1, 0.6, 0.6),
          new SplitNames("train", "val", "test"),
          Optional.empty(),
          new SplitLimits(Optional.empty(), Optional.empty(), Optional.empty()),
          Optional.empty());

  @TempDir Path folder;

  private Map<String, List<Question>> shots(
      int count, Choice choice, long seed, List<Question> train, List<Question> asked)
      throws IOException {
    OpenedFiles files =
        new OpenedFiles(folder.resolve("cache"), new FileHashes(folder.resolve("hashes"), false));
    ShotSettings settings = new ShotSettings(count, choice, seed, true);
    return Shots.of(files, settings, dataset(train), DATA, asked, Optional.empty());
  }

  /** One of training questions alone. */
  static Dataset dataset(List<Question> train) {
    return new Dataset() {
      @Override
      public Set<String> splits() {
        return Set.of("train");
      }

      @Override
      public List<Question> split(String name) {
        return train;
      }

      @Override
      public String fingerprint() {
        return "";
      }
    };
  }

  private static List<Question> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> question("t" + i, "Question " + i, true))
        .toList();
  }

  static Question question(String id, String text, boolean picture) {
    return new Question(
        id, text, List.of("yes", "no"), 0, "", picture, "", "", "natural science", "grade2", "");
  }

  private static List<String> ids(List<Question> questions) {
    return questions.stream().map(Question::id).toList();
  }

  /** Else they would differ in more than what makes them versions. */
  @Test
  void versionsOfAQuestionHaveItsShots() throws IOException {
    List<Question> train = numbered(50);
    Question asked = question("q1", "Which one?", true);
    for (Choice choice : Choice.values()) {
      Map<String, List<Question>> shots =
          shots(3, choice, 1, train, List.of(asked, asked.version("1"), asked.version("of q7")));
      assertThat(shots).hasSize(3);
      assertThat(shots.values()).as(choice.toString()).containsOnly(shots.get("q1"));
    }
    Question own = train.get(4);
    assertThat(shots(49, Choice.RANDOM, 1, train, List.of(own.version("2"))).values())
        .singleElement()
        .satisfies(drawn -> assertThat(drawn).hasSize(49).doesNotContain(own));
  }

  /** Each is drawn equally often, and a training question never for itself. */
  @Test
  void randomShotsAreAnyOtherQuestions() throws IOException {
    List<Question> train = numbered(10);
    int[] drawn = new int[10];
    for (int seed = 0; seed < 400; seed++) {
      Map<String, List<Question>> shots = shots(3, Choice.RANDOM, seed, train, train);
      for (Question question : train) {
        List<String> ids = ids(shots.get(question.id()));
        assertThat(ids).hasSize(3).doesNotHaveDuplicates().doesNotContain(question.id());
        ids.forEach(id -> drawn[Integer.parseInt(id.substring(1))]++);
      }
    }
    assertThat(IntStream.of(drawn).boxed()).allMatch(count -> count > 1050 && count < 1350);
  }

  @Test
  void aQuestionHasTheSameOnesWhereverItIsAsked() throws IOException {
    List<Question> train = numbered(50);
    List<Question> asked = List.of(question("a", "Why?", false), question("b", "Why not?", false));
    Map<String, List<Question>> together = shots(4, Choice.RANDOM, 1, train, asked);
    assertThat(shots(4, Choice.RANDOM, 1, train, asked.subList(1, 2)).get("b"))
        .isEqualTo(together.get("b"));
    assertThat(together.get("a")).isNotEqualTo(together.get("b"));
    assertThat(shots(4, Choice.RANDOM, 2, train, asked).get("a")).isNotEqualTo(together.get("a"));
  }

  @Test
  void theNearestStandsLast() throws IOException {
    List<Question> train =
        List.of(
            question("cow", "What does a cow eat", false),
            question("sun", "How far is the sun", false),
            question("barn", "What does a cow eat in a barn", false));
    Question asked = question("asked", "What does a brown cow eat in its barn", false);
    assertThat(ids(shots(2, Choice.NEAREST, 1, train, List.of(asked)).get("asked")))
        .containsExactly("cow", "barn");
  }

  /** Where a picture may tell two questions apart, equal words are no leak. */
  @Test
  void aQuestionInOtherLettersIsItselfUnlessItHasAPicture() throws IOException {
    List<Question> train =
        List.of(
            question("same", "Is ice cold", false),
            question("seen", "Is it red", true),
            question("other", "Is it cold", false));
    List<Question> asked =
        List.of(question("1", "Is ice cold", false), question("2", "Is it red", true));
    for (Choice choice : Choice.values()) {
      Map<String, List<Question>> shots = shots(3, choice, 1, train, asked);
      assertThat(ids(shots.get("1"))).doesNotContain("same").contains("other");
      assertThat(ids(shots.get("2"))).contains("seen");
    }
  }

  @Test
  void sameWordsGiveSeveralShots() throws IOException {
    List<Question> train =
        IntStream.range(0, 6).mapToObj(i -> question("t" + i, "Which is red", true)).toList();
    Set<List<String>> chosen = new HashSet<>();
    for (Question question : train) {
      List<String> ids = ids(shots(3, Choice.NEAREST, 1, train, train).get(question.id()));
      assertThat(ids).hasSize(3).doesNotHaveDuplicates().doesNotContain(question.id());
      chosen.add(ids);
    }
    assertThat(chosen).hasSizeGreaterThan(3);
  }

  @Test
  void countMustNotBeNegative() {
    assertThatThrownBy(() -> new ShotSettings(-1, Choice.RANDOM, 1, true))
        .hasMessage("count must be at least 0, found -1");
  }

  private static List<StageTexts.Shot> shots(String... texts) {
    return Stream.of(texts).map(text -> new StageTexts.Shot("of " + text, text)).toList();
  }

  /** Whole shots, the ones beside the question; the question is never cut for one. */
  @Test
  void shotsThatHaveNoRoomAreLeftOut() throws IOException {
    WordTokenizer.learn(Stream.of("a b c d e f g h"), 1).save(folder);
    WordTokenizer tokenizer = WordTokenizer.open(folder.resolve(WordTokenizer.FILE));
    StageTexts texts =
        new StageTexts(
            List.of("1", "2", "3"),
            List.of(
                new TextPair("a b", "h"), new TextPair("a b c d e f", "h"), new TextPair("a", "h")),
            List.of(),
            List.of(shots("c d e f g", "g", "c"), shots("c"), shots("c d", "e")),
            List.of(),
            6,
            3);
    Tokenised tokens = Tokenised.of(texts, tokenizer);
    assertThat(tokens.examples())
        .extracting(example -> tokenizer.decode(example.source()))
        .containsExactly("g c a b", "a b c d e", "c d e a");
    assertThat(tokens.leftOutShots()).isEqualTo(2);
    assertThat(tokens.cutSources()).isEqualTo(1);
  }
}
