package dev.fusebox.ask.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.ask.Answer;
import dev.fusebox.ask.Asking;
import dev.fusebox.ask.ChosenPicture;
import dev.fusebox.ask.StageAnswer;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectedQuestionsTest {

  private static final Question DUCK =
      new Question(
          "7",
          "Which is a bird?",
          List.of("duck", "cat"),
          0,
          "A pond.",
          true,
          "Birds have feathers.",
          "A duck has feathers.",
          "natural science",
          "grade2",
          "a pond with a duck");

  @TempDir private Path folder;

  private static Question swapped() {
    return new Question(
        "7",
        "Which is a bird?",
        List.of("cat", "duck"),
        1,
        "A pond.",
        true,
        DUCK.lecture(),
        DUCK.solution(),
        DUCK.subject(),
        DUCK.grade(),
        DUCK.caption());
  }

  private static Asking asking(Question question) {
    return new Asking(
        question, new ChosenPicture.Own(), Optional.empty(), OptionalInt.of(question.answer()));
  }

  private static Answer answer(String run, int option) {
    String text = "The answer is (" + Question.letter(option) + ").";
    StageAnswer stage = new StageAnswer("answer", text, false, false, Map.of(), Optional.empty());
    return new Answer(
        run, List.of(stage), OptionalInt.of(option), List.of(0.25, 0.75), "of letters", List.of());
  }

  private static AskedQuestion asked(Asking asking, int first, int second) {
    return new AskedQuestion(
        Optional.of(DUCK),
        asking,
        Map.of("lab/one-seed1", answer("one", first), "lab/two-seed1", answer("two", second)));
  }

  @Test
  void theFolderIsADataSetOfItsOwn() throws IOException {
    CollectedQuestions collected = new CollectedQuestions(folder.resolve("adversarial"));
    Path picture = Files.write(folder.resolve("any.png"), new byte[] {1, 2, 3});
    assertThat(collected.add(asked(asking(swapped()), 0, 1), Optional.of(picture)))
        .isEqualTo("adversarial-1");
    Asking blind = asking(DUCK).with(new ChosenPicture.None());
    assertThat(collected.add(asked(blind, 1, 1), Optional.empty())).isEqualTo("adversarial-2");
    Dataset data = Datasets.open(collected.folder());
    assertThat(data.splits()).containsExactlyInAnyOrder("train", "val", "test");
    assertThat(data.split("test"))
        .extracting(Question::id)
        .containsExactly("adversarial-1", "adversarial-2");
    Question first = data.split("test").get(0);
    assertThat(first.choices()).containsExactly("cat", "duck");
    assertThat(first.answer()).isEqualTo(1);
    assertThat(first.picture()).isTrue();
    assertThat(first.solution()).isEqualTo("A duck has feathers.");
    assertThat(first.caption()).isEqualTo("a pond with a duck");
    assertThat(collected.folder().resolve("images/test/adversarial-1/image.png"))
        .hasBinaryContent(new byte[] {1, 2, 3});
    Question second = data.split("test").get(1);
    assertThat(second.picture()).isFalse();
    assertThat(second.solution()).as("it may tell of the picture").isEmpty();
    assertThat(second.caption()).isEmpty();
  }

  @Test
  void aPictureKeepsTheNameOfItsKind() throws IOException {
    CollectedQuestions collected = new CollectedQuestions(folder.resolve("adversarial"));
    Path picture = Files.write(folder.resolve("any.jpg"), new byte[] {1, 2, 3});
    collected.add(asked(asking(swapped()), 0, 1), Optional.of(picture));
    String problems = Files.readString(collected.folder().resolve("problems.json"));
    String image = new ObjectMapper().readTree(problems).at("/adversarial-1/image").asText();
    assertThat(image).isEqualTo("image.jpg");
    assertThat(collected.folder().resolve("images/test/adversarial-1").resolve(image)).exists();
  }

  @Test
  void eachRunsAnswersCanBeScored() throws IOException {
    CollectedQuestions collected = new CollectedQuestions(folder);
    collected.add(asked(asking(swapped()), 0, 1), Optional.empty());
    collected.add(asked(asking(DUCK).with(new ChosenPicture.None()), 1, 1), Optional.empty());
    List<Question> questions = Datasets.open(folder).split("test");
    List<Prediction> one = PredictionFile.read(folder.resolve("answers/lab-one-seed1.jsonl"));
    List<Prediction> two = PredictionFile.read(folder.resolve("answers/lab-two-seed1.jsonl"));
    assertThat(Grader.strict().written(questions, one).correct()).containsExactly(false, false);
    assertThat(Grader.strict().written(questions, two).correct()).containsExactly(true, false);
    List<String> lines = Files.readAllLines(folder.resolve("changes.jsonl"));
    assertThat(lines).hasSize(2);
    JsonNode line = new ObjectMapper().readTree(lines.get(0));
    assertThat(line.path("from").asText()).isEqualTo("7");
    assertThat(line.path("changes")).extracting(JsonNode::asText).containsExactly("order");
    assertThat(line.path("answers").path("lab/one-seed1").path("fooled").asBoolean()).isTrue();
    assertThat(line.path("answers").path("lab/two-seed1").path("fooled").asBoolean()).isFalse();
  }

  @Test
  void whatFooledNobodyIsNotKept() {
    CollectedQuestions collected = new CollectedQuestions(folder);
    assertThatThrownBy(() -> collected.add(asked(asking(swapped()), 1, 1), Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessage("no run was fooled: all of them answered correctly");
    assertThatThrownBy(() -> collected.add(asked(asking(DUCK), 1, 1), Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessage("nothing was changed: this question is already in the data");
    Asking unknown =
        new Asking(swapped(), new ChosenPicture.Own(), Optional.empty(), OptionalInt.empty());
    assertThatThrownBy(() -> collected.add(asked(unknown, 1, 1), Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessage("mark the right option first: without it no run was fooled");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void everyKindOfChangeHasItsName() {
    Question other =
        new Question("7", "Which flies?", List.of("duck", "dog"), 0, "", true, "", "", "", "", "");
    Asking all =
        new Asking(other, new ChosenPicture.Of(DUCK), Optional.of("It swims."), OptionalInt.of(0));
    assertThat(Change.between(Optional.of(DUCK), all))
        .extracting(Change::label)
        .containsExactly("question", "options", "hint", "other-picture", "rationale");
    Asking given = asking(swapped()).with(new ChosenPicture.Given(folder.resolve("a.png")));
    assertThat(Change.between(Optional.of(DUCK), given))
        .containsExactly(Change.ORDER, Change.NEW_PICTURE);
    assertThat(Change.between(Optional.empty(), asking(DUCK))).containsExactly(Change.NEW);
    assertThat(Change.between(Optional.of(DUCK), asking(DUCK))).isEmpty();
  }
}
