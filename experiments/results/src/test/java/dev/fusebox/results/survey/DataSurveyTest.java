package dev.fusebox.results.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaCategory;
import dev.fusebox.questions.ScienceQaDataset;
import dev.fusebox.questions.SmallScienceQa;
import dev.fusebox.questions.SplitNames;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSurveyTest {

  @TempDir Path root;

  @Test
  void splitsAreCounted() throws IOException {
    assertThat(survey().splits())
        .containsExactly(
            new SplitSize("train", 2, 1, 1, 1, 1, 1, 2, 2),
            new SplitSize("val", 0, 0, 0, 0, 0, 0, 0, 0),
            new SplitSize("test", 2, 1, 1, 1, 1, 2, 1, 1),
            new SplitSize("trainval", 2, 1, 1, 1, 1, 1, 2, 2));
  }

  @Test
  void textsAreMeasuredAndCutsCounted() throws IOException {
    assertThat(survey().lengths())
        .contains(
            new Lengths("test", "to write: E", 2, 5, 4, 6, 6, 1),
            new Lengths("test", "QCM", 2, 18, 14, 22, 22, 2));
  }

  @Test
  void textsSeenInTrainingAreCounted() throws IOException {
    SmallScienceQa.in(root);
    Path problems = root.resolve("scienceqa/problems.json");
    String text =
        Files.readString(problems).replace("Nouns name things.", "Maps  have directions.");
    Files.writeString(problems, text);
    assertThat(
            DataSurvey.of(
                    ScienceQaDataset.open(root),
                    root,
                    new SplitNames("train", "val", "test"),
                    Ruler.words(),
                    5)
                .leakage())
        .containsExactly(
            new Leakage("lecture", 1, 1, 1, 1),
            new Leakage("solution", 2, 2, 0, 1),
            new Leakage("question with its options", 2, 2, 0, 2));
  }

  @Test
  void textsNearlySeenInTrainingAreCountedAndNamed() throws IOException {
    SmallScienceQa.in(root);
    Path problems = root.resolve("scienceqa/problems.json");
    String text = Files.readString(problems);
    Files.writeString(
        problems,
        text.replace("Which word is a noun?", "which is a solid")
            .replace("[\"run\", \"dog\"]", "[\"steam\", \"ice\", \"rain\"]")
            .replace(
                "\"hint\": \"\", \"image\": null, \"grade\": \"\"",
                "\"hint\": \"think of water\""));
    DataSurvey survey =
        DataSurvey.of(
            ScienceQaDataset.open(root),
            root,
            new SplitNames("train", "val", "test"),
            Ruler.words(),
            5);
    assertThat(survey.near())
        .containsExactly(
            new NearLeakage("question, hint and options", 2, 1),
            new NearLeakage("picture", 0, 0),
            new NearLeakage("all of that at once", 2, 1));
    assertThat(new SurveyTables(survey).tables())
        .extracting(TerminalTable::render)
        .anySatisfy(table -> assertThat(table).contains("3 nearly equals 2"));
  }

  /** Of four lectures, each question's words are in its own; one is of no training question. */
  @Test
  void lecturesAreFoundByTheQuestionsWords() throws IOException {
    List<Question> train =
        List.of(
            taught("t1", "north", "Maps show north and south."),
            taught("t2", "frog", "A frog is an amphibian."),
            taught("t3", "iron", "Iron is a solid."),
            taught("t4", "iron", "Iron is a solid."));
    Recall recall =
        Recall.of(
            train,
            List.of(
                taught("1", "frog", "A frog is an amphibian."),
                taught("2", "iron and a frog", "Iron is a solid."),
                taught("3", "north", "Maps lie."),
                taught("4", "frog", "")));
    assertThat(recall.passages()).isEqualTo(3);
    assertThat(recall.n()).isEqualTo(3);
    assertThat(recall.there()).isEqualTo(2);
    assertThat(recall.places().stream().mapToInt(Integer::intValue).sum()).isEqualTo(2);
    assertThat(recall.at(1)).isBetween(0.3, 0.7);
    assertThat(recall.at(2)).isEqualTo(2 / 3.0);
    assertThat(survey().recall()).isEqualTo(new Recall(1, 1, 0, Collections.nCopies(10, 0)));
    assertThat(new SurveyTables(survey()).tables())
        .extracting(Table::title)
        .contains("Whether retrieval finds the lecture");
  }

  private static Question taught(String id, String words, String lecture) {
    return new Question(
        id, words + "?", List.of("yes", "no"), 0, "", false, lecture, "", "", "", "");
  }

  @Test
  void aQuestionInBothSplitsIsAnError() throws IOException {
    SmallScienceQa.in(root);
    assertThatThrownBy(
            () ->
                DataSurvey.of(
                    ScienceQaDataset.open(root),
                    root,
                    new SplitNames("train", "val", "trainval"),
                    Ruler.words(),
                    5))
        .isInstanceOf(UserError.class)
        .hasMessage(
            root
                + ": 2 of 2 trainval questions are among the train questions: 1, 2; what was learnt"
                + " is no test, so a question may be in one of them only: choose other splits, or"
                + " take it out of one");
  }

  /** What a model is chosen by must be neither learnt nor its test. */
  @ParameterizedTest
  @CsvSource({"1, train, train", "7, test, test"})
  void aValidationQuestionOfAnotherSplitIsAnErrorToo(String id, String none, String other)
      throws IOException {
    SmallScienceQa.in(root);
    Files.writeString(
        root.resolve("scienceqa/pid_splits.json"),
        "{\"train\": [\"1\", \"2\"], \"test\": [\"7\", \"3\"], \"val\": [\"" + id + "\"]}");
    assertThatThrownBy(() -> survey(new SplitNames("train", "val", "test")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "%s: 1 of 1 val questions are among the %s questions: %s;".formatted(root, other, id));
    assertThat(survey(new SplitNames("train", none, "test")).splits())
        .as("without a validation of its own")
        .hasSize(3);
  }

  @Test
  void lettersAreCountedByNumberOfOptions() throws IOException {
    assertThat(survey().letters())
        .containsExactly(
            new Letters("train", 0, 2, List.of(2, 0, 0)),
            new Letters("train", 2, 1, List.of(1, 0)),
            new Letters("train", 3, 1, List.of(1, 0, 0)),
            new Letters("test", 0, 2, List.of(0, 1, 0, 1)),
            new Letters("test", 2, 1, List.of(0, 1)),
            new Letters("test", 4, 1, List.of(0, 0, 0, 1)));
  }

  @Test
  void rulesThatUnderstandNothingAreMarked() throws IOException {
    List<Heuristic> heuristics = survey().heuristics();
    assertThat(heuristics)
        .extracting(Heuristic::rule)
        .containsExactly("chance", "always A", "longest option");
    Heuristic chance = heuristics.get(0);
    assertThat(chance.average()).isEqualTo(37.5);
    assertThat(chance.percent().get(ScienceQaCategory.NAT)).isEqualTo(25);
    assertThat(chance.percent().get(ScienceQaCategory.NO)).isEqualTo(50);
    assertThat(chance.percent().get(ScienceQaCategory.SOC)).isNaN();
    assertThat(heuristics.get(1).average()).isZero();
  }

  @Test
  void unknownSubjectsAndGradesAreNotGuessed() throws IOException {
    assertThat(survey().categories())
        .contains(
            new CategorySize(ScienceQaCategory.NAT, 1, 1),
            new CategorySize(ScienceQaCategory.LAN, 0, 1),
            new CategorySize(ScienceQaCategory.TXT, 1, 0),
            new CategorySize(ScienceQaCategory.G7_12, 1, 1));
  }

  @Test
  void tablesSayWhatTheyCount() throws IOException {
    String text =
        String.join(
            "", new SurveyTables(survey()).tables().stream().map(TerminalTable::render).toList());
    assertThat(text)
        .contains("in words · cut above 5")
        .contains("words are fewer than tokens: give --tokenizer to see what is really truncated")
        .contains("longest option")
        .contains("unknown");
  }

  /** Counted in this data set by hand and by its authors. */
  @Test
  void theRealData() throws IOException {
    Path real = Path.of(System.getProperty("fusebox.shared"), "data", "scienceqa");
    assumeThat(real).as("ScienceQA's own text").isDirectory();
    DataSurvey survey =
        DataSurvey.of(
            ScienceQaDataset.open(real),
            root,
            new SplitNames("train", "val", "test"),
            Ruler.words(),
            512);
    assertThat(survey.heuristics().get(0).average()).isCloseTo(39.83, within(0.5));
    assertThat(survey.categories())
        .contains(
            new CategorySize(ScienceQaCategory.TXT, 2046, 0),
            new CategorySize(ScienceQaCategory.IMG, 2017, 0),
            new CategorySize(ScienceQaCategory.NO, 1435, 0));
    assertThat(survey.leakage().get(1).test()).isEqualTo(4241 - 402);
    assertThat(survey.recall())
        .as(
            "lectures are published with few of the questions: each that is there is found in three")
        .isEqualTo(new Recall(39, 346, 167, List.of(87, 78, 2, 0, 0, 0, 0, 0, 0, 0)));
    assertThat(survey.near())
        .as("without pictures the text decides")
        .containsExactly(
            new NearLeakage("question, hint and options", 4241, 868),
            new NearLeakage("picture", 0, 0),
            new NearLeakage("all of that at once", 4241, 868));
  }

  private DataSurvey survey() throws IOException {
    SmallScienceQa.in(root);
    return survey(new SplitNames("train", "val", "test"));
  }

  private DataSurvey survey(SplitNames splits) throws IOException {
    return DataSurvey.of(ScienceQaDataset.open(root), root, splits, Ruler.words(), 5);
  }
}
