package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CleanTableTest {

  /**
   * The first 30 of 100 are in training; a run that learnt by heart knows those, and half the rest.
   */
  private static final List<Question> TEST =
      IntStream.range(0, 100).mapToObj(CleanTableTest::question).toList();

  private static Question question(int i) {
    return new Question("q" + i, "What?", List.of("yes", "no"), 0, "", false, "", "", "", "", "");
  }

  private static Report report(int leaked) {
    List<Prediction> answers =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new Prediction(
                        "q" + i, "The answer is (%s).".formatted(i < 65 ? "A" : "B"), null))
            .toList();
    ReportedRun run =
        new ReportedRun(
            new RunResult.Finished("heart", Repeat.of(1), "generated, greedy", answers),
            "none",
            JsonNodeFactory.instance.objectNode(),
            Map.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of());
    Map<String, String> twins =
        IntStream.range(0, leaked).boxed().collect(Collectors.toMap(i -> "q" + i, i -> "t" + i));
    return new Report(
        "name",
        "",
        "small",
        List.of(),
        TEST,
        List.of(),
        List.of(run),
        Map.of(),
        List.of(),
        "",
        "",
        InlinePictures.NONE,
        List.of(),
        List.of(),
        Optional.of(new Leaks(twins, 0)),
        Map.of());
  }

  @Test
  void theCleanPartStandsBesideTheWhole() {
    Table table = CleanTable.of(report(30)).orElseThrow();
    assertThat(table.sections().get(0).get(0))
        .extracting(Cell::text)
        .containsExactly(
            "heart", "65.0 [55.3, 73.6]", "50.0 [38.6, 61.4]", "100.0 [88.6, 100.0]", "1");
    assertThat(report(30).table().notes())
        .contains(
            "30 of 100 test questions are near-duplicates of training questions; --clean leaves them out");
  }

  @Test
  void whereNothingLeaksOneLineSaysSo() {
    assertThat(CleanTable.of(report(0))).isEmpty();
    assertThat(report(0).table().notes())
        .contains("no test question is a near-duplicate of a training question");
  }

  @Test
  void theCleanPartAloneIsATableOfItsOwn() {
    Report clean = report(30).clean();
    assertThat(TerminalTable.render(clean.table()))
        .contains("70 test questions", "50.0")
        .contains(
            "left out: 30 of 100 test questions that are near-duplicates of training questions")
        .doesNotContain("65.0");
    assertThat(clean.tests()).isEmpty();
    assertThatThrownBy(() -> report(100).clean())
        .isInstanceOf(UserError.class)
        .hasMessage(
            "name: each of its 100 test questions is a near-duplicate of a training question; nothing is left without them");
  }
}
