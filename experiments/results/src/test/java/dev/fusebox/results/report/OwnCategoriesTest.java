package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.SplitNames;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.score.AnswerFile;
import dev.fusebox.results.score.Score;
import dev.fusebox.results.survey.DataSurvey;
import dev.fusebox.results.survey.Ruler;
import dev.fusebox.results.survey.SurveyTables;
import dev.fusebox.results.table.TerminalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data decide the columns: A-OKVQA says neither subject nor grade. */
class OwnCategoriesTest {

  @TempDir Path root;
  private Dataset aokvqa;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        root.resolve("aokvqa_v1p0_train.json"),
        """
        [{"split": "train", "image_id": 11, "question_id": "kite", "question": "What flies?",
          "choices": ["kite", "stone", "shoe", "tree"], "correct_choice_idx": 0,
          "rationales": ["A kite has a string."]}]
        """);
    Files.writeString(
        root.resolve("aokvqa_v1p0_val.json"),
        """
        [{"split": "val", "image_id": 13, "question_id": "tram", "question": "What rings?",
          "choices": ["tram", "tree", "wall", "moss"], "correct_choice_idx": 0, "rationales": []},
         {"split": "val", "image_id": 14, "question_id": "boat", "question": "What swims?",
          "choices": ["shoe", "stone", "nail", "boat"], "correct_choice_idx": 3, "rationales": []}]
        """);
    aokvqa = Datasets.open(root);
  }

  private Ablation ablation(List<Category> categories) {
    List<Prediction> answers =
        aokvqa.split("val").stream()
            .map(each -> new Prediction(each.id(), "The answer is (A).", ""))
            .toList();
    return new Ablation(
        "Does it read?",
        "a-okvqa",
        aokvqa.split("train"),
        aokvqa.split("val"),
        categories,
        List.of(new RunResult.Finished("text", Repeat.of(1), "generated, greedy", answers)),
        Map.of(),
        List.of());
  }

  @Test
  void aTableHasNoColumnThatTheDataCannotFill() {
    assertThat(TerminalTable.render(AblationTable.of(ablation(aokvqa.categories()))))
        .isEqualTo(
            """
            Does it read?
            accuracy % ↑ · a-okvqa · 2 test questions · 1 seed · generated, greedy

                           │ Avg ± sd    95% CI
              text         │ 50.0      9.5–90.5
                           │
              majority (A) │ 50.0
              chance       │ 25.0
              n            │ 2

            """);
  }

  @Test
  void anOwnCategoryIsAColumn() {
    assertThat(TerminalTable.render(AblationTable.of(ablation(List.of(new AskedFor("rings"))))))
        .contains("rings", "100.0")
        .doesNotContain("NAT", "unknown");
  }

  /** Questions that ask what does so. */
  private record AskedFor(String label) implements Category {

    @Override
    public boolean contains(Question question) {
      return question.question().contains(label);
    }

    @Override
    public boolean unknown(Question question) {
      return false;
    }
  }

  @Test
  void scoresAndSurveysHaveNoneEither() throws IOException {
    Path file = root.resolve("answers.json");
    Files.writeString(file, "{\"tram\": \"The answer is (A).\", \"boat\": \"The answer is (A).\"}");
    Score score = Score.of(AnswerFile.read(file), aokvqa, "val", Grader.strict(), Optional.empty());
    ScoreSheet sheet =
        new ScoreSheet("a-okvqa val", aokvqa.categories(), aokvqa.split("val"), List.of(score));
    assertThat(TerminalTable.render(sheet.tables().get(0))).contains("50.00").doesNotContain("NAT");
    assertThat(ScoreJson.render(sheet)).contains("\"Avg\"").doesNotContain("\"NAT\"");
    DataSurvey survey =
        DataSurvey.of(aokvqa, root, new SplitNames("train", "val", "val"), Ruler.words(), 512);
    assertThat(new SurveyTables(survey).tables())
        .extracting(TerminalTable::render)
        .noneSatisfy(table -> assertThat(table).contains("NAT"))
        .filteredOn(table -> table.contains("guessing rules"))
        .singleElement()
        .satisfies(table -> assertThat(table).contains("25.00").doesNotContain("unknown"));
  }

  @Test
  void answersInWordsAreScoredWhereTheDataHaveThem() throws IOException {
    Files.writeString(
        root.resolve("aokvqa_v1p0_val.json"),
        """
        [{"split": "val", "image_id": 13, "question_id": "tram", "question": "What rings?",
          "choices": ["tram", "tree", "wall", "moss"], "correct_choice_idx": 0, "rationales": [],
          "direct_answers": ["tram", "a tram", "bell", "bike"], "difficult_direct_answer": false},
         {"split": "val", "image_id": 14, "question_id": "boat", "question": "What swims?",
          "choices": ["shoe", "stone", "nail", "boat"], "correct_choice_idx": 3, "rationales": [],
          "direct_answers": ["duck", "duck", "duck", "boat"], "difficult_direct_answer": false},
         {"split": "val", "image_id": 15, "question_id": "hill", "question": "Why?",
          "choices": ["fog", "sun"], "correct_choice_idx": 1, "rationales": [],
          "direct_answers": ["sun", "sun", "sun"], "difficult_direct_answer": true}]
        """);
    Dataset data = Datasets.open(root);
    Path file = root.resolve("answers.json");
    Files.writeString(
        file, "{\"tram\": \"The answer is (A).\", \"boat\": \"A duck!\", \"hill\": \"fog\"}");
    Score score = Score.of(AnswerFile.read(file), data, "val", Grader.strict(), Optional.empty());
    assertThat(score.open().orElseThrow().accuracy()).containsExactly(2 / 3.0, 1.0);
    ScoreSheet sheet =
        new ScoreSheet("a-okvqa val", data.categories(), data.split("val"), List.of(score));
    assertThat(sheet.tables())
        .extracting(TerminalTable::render)
        .anySatisfy(table -> assertThat(table).contains("VQA accuracy % ↑ · a-okvqa val", "83.33"))
        .anySatisfy(table -> assertThat(table).contains("DIRECT", "DIFFICULT"));
    assertThat(ScoreJson.render(sheet)).contains("\"vqa\"");
  }
}
