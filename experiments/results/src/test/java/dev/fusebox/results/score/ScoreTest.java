package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.SmallM3Cot;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.questions.mark.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {

  private record Splits(Map<String, List<Question>> questions) implements Dataset {
    @Override
    public Set<String> splits() {
      return questions.keySet();
    }

    @Override
    public List<Question> split(String name) {
      return questions.get(name);
    }

    @Override
    public String fingerprint() {
      return "test";
    }
  }

  private static final Dataset DATA =
      new Splits(
          Map.of(
              "test", List.of(Questions.plain("4"), Questions.plain("5")),
              "val", List.of(Questions.plain("7"))));

  @TempDir Path folder;

  @Test
  void mmCotsFilesAreInTheOrderOfTheSplit() throws IOException {
    Score score =
        score(
            """
            {"num_fail": 0, "preds": ["The answer is (A).", "The answer is (C)."],
             "labels": ["The answer is (A).", "The answer is (A)."]}
            """);
    assertThat(score.answers().orElseThrow().correct()).containsExactly(true, false);
    assertThat(score.texts()).isPresent();
    assertThat(score.rationales()).isEmpty();
  }

  /**
   * As kaede-mori/mmcot-fusion writes them: marks by id stand before the texts, which have none.
   */
  private static final String PEER =
      """
      {"save_dir": "experiments/m3cot", "num_fail": 0, "scores": {"answer": {"acc_average": "50.00"}},
       "per_question_correct": {"social-commonsense-891": true, "mathematics-1619": false},
       "preds": ["The answer is (C).", "The answer is (A)."],
       "labels": ["The answer is (C).", "The answer is (D)."]}
      """;

  private Score peer(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("predictions_ans_test.json"), text);
    Dataset data = Datasets.open(SmallM3Cot.in(folder));
    return Score.of(AnswerFile.read(file), data, "test", Grader.strict(), Optional.empty());
  }

  @Test
  void thePeersFilesAreScoredOnM3Cot() throws IOException {
    assertThat(peer(PEER).answers().orElseThrow().correct()).containsExactly(true, false);
    String rationales = PEER.replaceAll("The answer is \\(.\\)", "Solution: so it is");
    assertThat(peer(rationales).rationales()).isPresent();
    assertThatThrownBy(() -> peer(PEER.replace("(D)", "(B)")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("label 2 says (B), but the answer of question mathematics-1619");
  }

  @Test
  void rationalesHaveNoAccuracy() throws IOException {
    Score score =
        score("{\"preds\": [\"Solution: x\", \"\"], \"labels\": [\"Solution: x\", \"\"]}");
    assertThat(score.answers()).isEmpty();
    assertThat(score.rationales()).isPresent();
  }

  @Test
  void resultFilesNameAnOptionForEachProblem() throws IOException {
    Score score = score("{\"acc\": 50.0, \"results\": {\"5\": 0, \"4\": \"2\"}, \"outputs\": {}}");
    assertThat(score.answers().orElseThrow().correct()).containsExactly(false, true);
  }

  @Test
  void aPartOfTheSplitIsScoredOverThatPart() throws IOException {
    Score score = score("{\"results\": {\"5\": 0}}");
    assertThat(score.answers().orElseThrow().average()).isEqualTo(new Proportion(1, 1));
  }

  @Test
  void ourOwnLines() throws IOException {
    Path file = Files.writeString(folder.resolve("predictions.jsonl"), LINES);
    Score score = Score.of(AnswerFile.read(file), DATA, "test", Grader.strict(), Optional.empty());
    assertThat(score.answers().orElseThrow().correct()).containsExactly(true, false);
  }

  private static final String LINES =
      """
      {"id": "5", "text": "no idea", "target": "The answer is (A)."}
      {"id": "4", "text": "The answer is (A).", "target": "The answer is (A)."}
      """;

  @Test
  void aFileOfAnotherLengthSaysWhichSplitsThereAre() {
    refused(
        "{\"preds\": [\"x\"], \"labels\": [\"x\"]}",
        "holds 1 predictions without ids, but split test has 2 questions; --split chooses: val 1,"
            + " test 2");
  }

  @Test
  void labelsThatDoNotFitTheSplitAreNoticed() {
    refused(
        "{\"preds\": [\"x\", \"x\"], \"labels\": [\"The answer is (A).\", \"The answer is (B).\"]}",
        "label 2 says (B), but the answer of question 5, which stands there in split test, is (A):"
            + " the file belongs to another split or another order");
  }

  @Test
  void questionsOfAnotherSplitAreNamedWithIt() {
    refused(
        "{\"results\": {\"7\": 0, \"4\": 0}}",
        "1 of 2 answers are for questions outside split test, the first for question 7; it is in"
            + " --split val");
    refused(
        "{\"results\": {\"9\": 0}}",
        "1 of 1 answers are for questions outside split test, the first for question 9, which the"
            + " data does not have");
  }

  @Test
  void somethingElseIsRefusedWithTheFormsKnown() {
    refused(
        "{\"scores\": {}}",
        "not a file of answers: expected preds and labels (mm-cot), results (GPT-3 on ScienceQA),"
            + " an object of ids and answers, lines of id, text, target, or CSV whose header names id"
            + " and answer; found scores");
  }

  private Score score(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("answers.json"), json);
    return Score.of(AnswerFile.read(file), DATA, "test", Grader.strict(), Optional.empty());
  }

  private void refused(String json, String message) {
    assertThatThrownBy(() -> score(json))
        .isInstanceOf(UserError.class)
        .hasMessage(folder.resolve("answers.json") + ": " + message);
  }
}
