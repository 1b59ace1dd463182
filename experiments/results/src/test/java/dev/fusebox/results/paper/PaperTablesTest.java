package dev.fusebox.results.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.file.UserError;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ReportSample;
import dev.fusebox.results.score.McNemar;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.LatexTable;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaperTablesTest {

  @ParameterizedTest
  @MethodSource("dev.fusebox.results.paper.PaperTables#ids")
  void everyTableCanBePrinted(String id) {
    Table table = PaperTables.table(id);
    assertThat(table.sections().get(0)).isNotEmpty();
    assertThat(TerminalTable.render(table)).contains(table.title());
    assertThat(LatexTable.render(table)).contains("\\toprule");
  }

  @Test
  void theHeadlineNumbers() {
    assertThat(PaperTables.number("tmlr-t4-main", "Multimodal-CoT base", "Avg")).hasValue(85.31);
    assertThat(PaperTables.number("feb23-t4-main", "Multimodal-CoT large", "Avg")).hasValue(91.68);
    PublishedTable first = PaperTables.find("feb23-t4-main");
    assertThat(first.decoding(first.row("Multimodal-CoT base"))).isEqualTo("teacher-forced");
  }

  /** Every variant answers to a number that is there. */
  @ParameterizedTest
  @MethodSource("dev.fusebox.results.paper.PaperExperiment#names")
  void everyCellIsPublished(String name) {
    PaperExperiment experiment = PaperExperiment.of(name);
    assertThat(experiment.counterparts()).isNotEmpty();
    assertThat(experiment.counterparts().values())
        .allSatisfy(
            cell ->
                assertThat(PaperTables.number(cell.table(), cell.row(), cell.column()))
                    .isPresent());
    assertThat(experiment.published()).isNotEmpty();
  }

  /** The tests another group published agree with ours to the digits they give. */
  @Test
  void publishedMcNemarTests() {
    int compared = 0;
    for (PublishedTable.Row row : PaperTables.find("repro-fusion-mcnemar").rows()) {
      double p = row.number("p_two_sided").orElseThrow();
      McNemar test =
          new McNemar(
              (int) row.number("a_only_correct").orElseThrow(),
              (int) row.number("b_only_correct").orElseThrow());
      assertThat(test.p()).isCloseTo(p, within(Math.max(5e-4, 0.06 * p)));
      compared++;
    }
    assertThat(compared).isEqualTo(18);
  }

  @Test
  void aSlipIsPutRight() {
    assertThatThrownBy(() -> PaperExperiment.of("mian"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("no table paper/mian; did you mean main?");
  }

  @Test
  void oursStandsBesideTheirsWithWhatWasUnlike() {
    Table beside = PaperExperiment.of("blind-controls").beside(ReportSample.report());
    String rendered = TerminalTable.render(beside);
    assertThat(beside.context()).contains("generated, greedy");
    assertThat(rendered)
        .contains("85.48", "data demo, there ScienceQA")
        .contains("features detr, there vit")
        .contains("questions 240, there 4241")
        .contains("not published");
  }

  /** Every category that a row has, ours minus theirs, over as many questions as we have of it. */
  @Test
  void everyPublishedCategoryIsCompared() {
    Table beside = PaperExperiment.of("blind-controls").beside(ReportSample.report());
    List<List<Cell>> gated =
        beside.sections().stream().filter(rows -> is(rows, "gated")).findFirst().orElseThrow();
    assertThat(gated)
        .extracting(row -> row.get(1).text())
        .containsExactly("NAT", "SOC", "LAN", "TXT", "IMG", "NO", "G1-6", "G7-12", "Avg");
    List<Cell> nat = gated.get(0);
    assertThat(nat.get(4).text()).isEqualTo("80");
    assertThat(nat.get(6).text()).isEqualTo("84.46");
    assertThat(nat.get(7).order()).isCloseTo(nat.get(2).order() - 84.46, within(1e-9));
  }

  @Test
  void rationalesAreComparedByRougeL() {
    Report sample = ReportSample.report();
    String rendered = TerminalTable.render(PaperExperiment.of("two-stage").beside(sample));
    assertThat(rendered).contains("RougeL", "no rationales", "90.73", "as rouge_score has it");
  }

  private static boolean is(List<List<Cell>> rows, String variant) {
    return rows.get(0).get(0).text().equals(variant);
  }
}
