package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A-OKVQA's soft accuracy stands beside the accuracy of its options. */
class DirectAnswersColumnTest {

  @TempDir Path root;

  /** One question that three people answer alike, one that two do, and one that is too hard. */
  private Dataset data(String direct) throws IOException {
    Files.writeString(
        root.resolve("aokvqa_v1p0_val.json"),
        """
        [{"split": "val", "image_id": 1, "question_id": "kite", "question": "What flies?",
          "choices": ["kite", "stone", "shoe", "tree"], "correct_choice_idx": 0, "rationales": []%s},
         {"split": "val", "image_id": 2, "question_id": "tram", "question": "What rings?",
          "choices": ["tram", "bell", "wall", "moss"], "correct_choice_idx": 0, "rationales": []%s},
         {"split": "val", "image_id": 3, "question_id": "boat", "question": "What swims?",
          "choices": ["boat", "stone", "nail", "shoe"], "correct_choice_idx": 0, "rationales": []}]
        """
            .formatted(
                direct.formatted("kite", "the kite", "Kite!", "bird"),
                direct.formatted("bell", "bell", "tram", "door")));
    return Datasets.open(root);
  }

  private static final String DIRECT =
      ", \"difficult_direct_answer\": false, \"direct_answers\": [\"%s\", \"%s\", \"%s\", \"%s\"]";

  private static ReportedRun run(String variant, long seed, String kite, String tram) {
    List<Prediction> answers =
        List.of(
            new Prediction("kite", kite, ""),
            new Prediction("tram", tram, ""),
            new Prediction("boat", "The answer is (A).", ""));
    return TestReports.run(variant, seed, "generated, greedy", answers, TestedAnswers.NONE);
  }

  private Report report(Dataset data) {
    return new Report(
        "name",
        "",
        "a-okvqa",
        List.of(),
        data.split("val"),
        List.of(),
        List.of(
            run("first", 1, "The answer is (A).", "The answer is (A)."),
            run("first", 2, "The answer is (B).", "The answer is (B)."),
            run("words", 1, "a kite", "bell")),
        Map.of(),
        List.of(),
        "",
        "",
        InlinePictures.NONE,
        List.of(),
        List.of(),
        Optional.empty(),
        data.directAnswers());
  }

  @Test
  void aColumnSaysWhatPeopleWouldHaveSaid() throws IOException {
    Report report = report(data(DIRECT));
    Table table = report.table();
    int last = table.columns().size() - 1;
    assertThat(table.columns().get(last).heading()).isEqualTo("direct answers");
    // first: kite 3 of 3 and tram 1/3, then stone 0 and bell 2/3; words: 1 and 2/3
    assertThat(table.sections().get(0))
        .extracting(row -> row.get(last).order())
        .containsExactly(100 * (1 + 1 / 3.0 + 0 + 2 / 3.0) / 4, 100 * (1 + 2 / 3.0) / 2);
    assertThat(table.sections().get(0).get(1).get(last).text()).isEqualTo("83.3 [66.7, 100.0]");
    assertThat(table.sections().get(1)).allMatch(row -> row.get(last) instanceof Cell.Empty);
    assertThat(table.notes()).anyMatch(note -> note.contains("over the 2 test questions that"));
    JsonNode page = ReportJson.of(report, Optional.empty(), List.of()).path("table");
    assertThat(page.path("columns").path(last).path("heading").asText())
        .isEqualTo("direct answers");
  }

  @Test
  void whereNobodyAnsweredInWordsThereIsNoColumn() throws IOException {
    assertThat(report(data("")).table().columns())
        .extracting(Column::heading)
        .doesNotContain("direct answers");
  }
}
