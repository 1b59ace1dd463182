package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Prediction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerFileTest {

  @TempDir Path folder;

  private AnswerFile read(String name, String content) throws IOException {
    return AnswerFile.read(Files.writeString(folder.resolve(name), content));
  }

  private List<Prediction> lines(String name, String content) throws IOException {
    return ((AnswerFile.PredictionLines) read(name, content)).predictions();
  }

  private static Prediction answer(String id, String text) {
    return new Prediction(id, text, null);
  }

  @Test
  void linesOfOthersAreRead() throws IOException {
    String llava =
        """
        {"question_id": "1", "prompt": "x", "text": "A", "metadata": {"a": [1]}}
        {"question_id": "2", "prompt": "x", "text": "B", "metadata": {}}
        """;
    List<Prediction> wanted = List.of(answer("1", "A"), answer("2", "B"));
    assertThat(lines("x.jsonl", llava)).isEqualTo(wanted);
    assertThat(lines("x.json", llava)).isEqualTo(wanted);
    assertThat(lines("x.txt", "[" + llava.strip().replace("\n", ",\n") + "]")).isEqualTo(wanted);
  }

  @Test
  void numbersAreIdsAndNullIsAnEmptyText() throws IOException {
    assertThat(lines("x.jsonl", "{\"id\": 7, \"text\": null, \"target\": null}\n\n"))
        .containsExactly(answer("7", ""));
    assertThat(lines("x.json", "{\"id\": 7, \"text\": 2}")).containsExactly(answer("7", "2"));
  }

  @Test
  void anEmptyFileHoldsNoAnswers() throws IOException {
    assertThat(lines("x.jsonl", "")).isEmpty();
    assertThat(lines("x.json", " \n")).isEmpty();
    assertThat(lines("y.json", "[]")).isEmpty();
  }

  @Test
  void optionsAreNumbersOrLetters() throws IOException {
    Map<String, Integer> wanted = Map.of("1", 0, "2", 1, "3", -1);
    assertThat(read("x.json", "{\"results\": {\"1\": 0, \"2\": \"B\", \"3\": -1}, \"acc\": 1}"))
        .isEqualTo(new AnswerFile.Options(folder.resolve("x.json"), wanted));
    assertThat(read("x.json", "{\"1\": \"a\", \"2\": \"1\", \"3\": null}"))
        .isEqualTo(new AnswerFile.Options(folder.resolve("x.json"), wanted));
  }

  @Test
  void aMapOfTextsIsReadAsTexts() throws IOException {
    assertThat(lines("x.json", "{\"1\": \"The answer is (A).\", \"2\": 1}"))
        .containsExactly(answer("1", "The answer is (A)."), answer("2", "1"));
  }

  @Test
  void spreadsheetsAreRead() throws IOException {
    String texts =
        "\uFEFFQuestion_ID,split,Answer\r\n1,test,\"(A), \"\"a\"\"\nor so\"\r\n2,test,B\r\n\r\n";
    assertThat(lines("x.csv", texts))
        .containsExactly(answer("1", "(A), \"a\"\nor so"), answer("2", "B"));
    assertThat(read("x.TSV", "pred\tid\nB\t1\n\t2\n0\t3\n"))
        .isEqualTo(
            new AnswerFile.Options(folder.resolve("x.TSV"), Map.of("1", 1, "2", -1, "3", 0)));
  }

  @Test
  void whatIsWrongWithASpreadsheetIsNamed() {
    refused(
        "x.csv",
        "number,answer\n1,A\n",
        "x.csv: line 1: no column names the question: one of id, question_id, problem_id, qid, pid is expected in the header, found [number, answer]");
    refused(
        "x.csv", "id,answer\n1,A\n2\n", "x.csv: line 3: must have a value in each column, found 1");
    refused("x.csv", "id,answer\n1,A\n1,B\n", "x.csv: line 3: question 1 stands twice");
    refused("x.csv", "id,answer\n1,\"A\n", "x.csv: not valid CSV: ");
  }

  private void refused(String name, String content, String message) {
    assertThatThrownBy(() -> read(name, content))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder.resolve(message).toString());
  }

  @Test
  void aMarkInFrontDoesNotMatter() throws IOException {
    assertThat(lines("x.jsonl", "\uFEFF{\"id\": \"1\", \"text\": \"a\"}\r\n")).hasSize(1);
    assertThat(read("x.json", "\uFEFF{\"preds\": [\"a\"], \"labels\": [\"b\"]}"))
        .isInstanceOf(AnswerFile.Positions.class);
  }

  @Test
  void brokenLinesAreNamed() {
    refused(
        "{\"id\": \"1\", \"text\": \"a\"}\n{\"id\": \"1\", \"text\": \"b\"}\n",
        "line 2: question 1 stands twice, first on line 1");
    refused("{\"id\": \"1\", \"txt\": \"a\"}", "line 1: must have id and text, found id, txt");
    refused("{\"id\": null, \"text\": \"a\"}", "line 1: must have id and text, found id, text");
    refused("\n[1, 2]", "line 2: a prediction must be an object { }, found 1");
    refused(
        "{\"id\": \"1\", \"text\": {}}",
        "line 1: text must be a text or a number, found an object");
    refused(
        "{\"id\": \"1\", \"text\": \"a\"}\n{\"id\": \"2\", \"te",
        "line 2: not whole JSON, perhaps cut off: Unexpected end-of-input in field name");
  }

  private void refused(String content, String message) {
    Path file = folder.resolve("x.jsonl");
    assertThatThrownBy(() -> read("x.jsonl", content))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void anEncodingOfOldIsNamedWithItsLine() throws IOException {
    Path file = folder.resolve("x.json");
    String text = "{\"preds\": [\"a\",\n\"ì\"],\n\"labels\": [\"a\", \"b\"]}";
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> AnswerFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": line 2: not UTF-8: byte 0xEC (ì in Latin-1)");
    Files.write(file, text.getBytes(StandardCharsets.UTF_16));
    assertThat(AnswerFile.read(file)).isInstanceOf(AnswerFile.Positions.class);
  }

  @Test
  void anotherNumberOfLabelsIsRefused() {
    assertThatThrownBy(() -> read("x.json", "{\"preds\": [\"a\", \"b\"], \"labels\": [\"a\"]}"))
        .isInstanceOf(UserError.class)
        .hasMessage(folder.resolve("x.json") + ": 2 predictions need as many labels, found 1");
  }
}
