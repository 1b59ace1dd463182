package dev.fusebox.questions.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaDataset;
import dev.fusebox.questions.SmallScienceQa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RationalesTest {

  @TempDir Path folder;
  private List<Question> questions;

  @BeforeEach
  void open() throws IOException {
    questions = ScienceQaDataset.open(SmallScienceQa.in(folder.resolve("data"))).split("test");
  }

  @Test
  void linesAreMatchedById() throws IOException {
    assertRead(
        "predictions.jsonl",
        """
        {"id": "3", "text": "a dog", "target": "x"}
        {"id": "7", "text": "a hen", "target": "y"}
        {"id": "8", "text": "not asked", "target": "z"}
        """);
  }

  @Test
  void anObjectIsMatchedById() throws IOException {
    assertRead("rationales.json", "{\"3\": \"a dog\", \"7\": \"a hen\"}");
  }

  @Test
  void predictionsOfMmCotAreMatchedByPosition() throws IOException {
    assertRead("predictions_ans_test.json", "{\"num_fail\": 0, \"preds\": [\"a hen\", \"a dog\"]}");
  }

  @Test
  void predictionsOfMmCotAreReadBackAsWritten() throws IOException {
    Path file = folder.resolve("experiments/predictions_ans_test.json");
    MmCotPredictions written =
        new MmCotPredictions(List.of("Solution: a \"hen\"\n", "é"), List.of("a", "b"));
    written.write(file);
    assertThat(MmCotPredictions.read(file)).isEqualTo(written);
  }

  @Test
  void anotherNumberOfPredictionsIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("p.json"), "{\"preds\": [\"a\"]}");
    assertRefused(
        file,
        ": holds 1 predictions for 2 questions; they are matched by position, so it must be made"
            + " on the same split");
  }

  @Test
  void missingRationalesAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), "{\"3\": \"a\", \"4\": \"b\"}");
    assertRefused(file, ": no rationale for question 7");
  }

  @Test
  void ofManyMissingRationalesTheFirstFiveAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), "{\"x\": \"a\"}");
    for (int asked : new int[] {5, 6, 1007}) {
      List<Question> many = IntStream.range(0, asked).mapToObj(i -> called("q" + i)).toList();
      String more = asked > 5 ? " and %,d more".formatted(asked - 5) : "";
      assertThatThrownBy(() -> Rationales.read(file, many))
          .hasMessage(file + ": no rationale for question q0, q1, q2, q3, q4" + more);
    }
  }

  @Test
  void aQuestionThatStandsTwiceIsNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.jsonl"),
            "{\"id\": \"3\", \"text\": \"a\"}\n{\"id\": \"3\", \"text\": \"b\"}\n");
    assertRefused(file, ": line 2: question 3 stands twice, first on line 1");
  }

  @Test
  void aLineWithoutTextIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("p.jsonl"), "{\"id\": \"3\", \"txt\": \"a\"}\n");
    assertRefused(file, ": line 1: must have id and text, found id, txt");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertRefused(folder.resolve("none.json"), ": there is no such file");
    assertRefused(folder, ": is a folder, a file is expected");
  }

  private static Question called(String id) {
    return new Question(id, "?", List.of("a", "b"), 0, "", false, "", "", "", "", "");
  }

  private void assertRead(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Rationales rationales = Rationales.read(file, questions);
    assertThat(questions).extracting(rationales::of).containsExactly("a hen", "a dog");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> Rationales.read(file, questions))
        .isInstanceOf(UserError.class)
        .hasMessage(file + message);
  }
}
