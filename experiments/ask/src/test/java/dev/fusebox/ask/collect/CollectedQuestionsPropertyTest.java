package dev.fusebox.ask.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.ask.Answer;
import dev.fusebox.ask.Asking;
import dev.fusebox.ask.ChosenPicture;
import dev.fusebox.ask.QuestionIndex;
import dev.fusebox.ask.StageAnswer;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was kept is asked again as it was asked, whatever people typed. */
class CollectedQuestionsPropertyTest {

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  /** Control characters, quotes and letters of everywhere. */
  private static String typed(Random random, int longest) {
    return random
        .ints(random.nextInt(longest), 1, random.nextBoolean() ? 0x80 : Character.MIN_SURROGATE)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static QuestionIndex data(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("problems.json"),
        "{\"1\": {\"question\": \"Which?\", \"choices\": [\"a\", \"b\"], \"answer\": 0}}");
    Files.writeString(folder.resolve("pid_splits.json"), "{\"train\": [\"1\"]}");
    return new QuestionIndex(Datasets.open(folder));
  }

  /** Blanks around a text go where it is read. */
  private static String text(Random random) {
    return typed(random, 20).strip();
  }

  private static Question question(Random random) {
    int options = 2 + random.nextInt(3);
    return new Question(
        Asking.TYPED,
        "Q" + text(random),
        IntStream.range(0, options).mapToObj(option -> option + text(random)).toList(),
        random.nextInt(options),
        text(random),
        false,
        text(random),
        "",
        text(random),
        text(random),
        "");
  }

  private static Asking asking(Random random) {
    Question question = question(random);
    return new Asking(
        question,
        new ChosenPicture.Own(),
        random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
        OptionalInt.of(question.answer()));
  }

  private static Map<String, Answer> wrong(Asking asking, Random random) {
    String text = typed(random, 30);
    StageAnswer stage = new StageAnswer("answer", text, false, false, Map.of(), Optional.empty());
    int option = (asking.question().answer() + 1) % asking.question().choices().size();
    return Map.of(
        "lab/one-seed1",
        new Answer(
            "one", List.of(stage), OptionalInt.of(option), List.of(0.5), "of letters", List.of()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsKeptIsAskedAgain(long seed) throws IOException {
    Random random = new Random(seed);
    QuestionIndex data = data(folder.resolve("data"));
    CollectedQuestions collected = new CollectedQuestions(folder.resolve("kept"));
    List<CollectedQuestion> kept = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Asking asking = asking(random);
      String id =
          collected.add(
              new AskedQuestion(Optional.empty(), asking, wrong(asking, random)), Optional.empty());
      kept.add(
          new CollectedQuestion(
              id,
              new Asking(
                  asking.question().called(id),
                  asking.picture(),
                  asking.rationale(),
                  asking.right())));
    }
    List<CollectedQuestion> read = collected.all(data);
    assertThat(read).extracting(CollectedQuestion::id).isEqualTo(ids(kept));
    for (int i = 0; i < kept.size(); i++) {
      assertThat(read.get(i).asking().question()).isEqualTo(kept.get(i).asking().question());
      assertThat(read.get(i).asking().rationale()).isEqualTo(kept.get(i).asking().rationale());
      assertThat(read.get(i).asking().right()).isEqualTo(kept.get(i).asking().right());
    }
  }

  private static List<String> ids(List<CollectedQuestion> questions) {
    return questions.stream().map(CollectedQuestion::id).toList();
  }
}
