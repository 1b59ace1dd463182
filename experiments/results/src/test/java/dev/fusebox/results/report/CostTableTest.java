package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTableTest {

  @Test
  void saysNumbersOperationsTimeAndTimePerStepOfEachVariant() {
    Table table = CostTable.of(ReportSample.report()).orElseThrow();
    String text = TerminalTable.render(table);
    assertThat(text.lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "accuracy % trained MFLOP/example training s ms/step peak MB",
            "text 38.1 ± 2.7 160,000 20.0 ± 0.0 42.0 ± 1.0 52.5 ± 1.3 702.0 ± 1.0",
            "gated 81.7 ± 1.7 182,500 26.5 ± 1.0 42.0 ± 1.0 52.5 ± 1.3 702.0 ± 1.0");
    assertThat(text).doesNotContain("concat"); // it failed before it had trained
  }

  @Test
  void runsThatNotedNothingGiveNoTable() {
    Report report = ReportSample.report();
    Report without =
        new Report(
            report.name(),
            report.question(),
            report.data(),
            report.train(),
            report.test(),
            report.categories(),
            List.of(),
            Map.of(),
            List.of(),
            report.repeat(),
            report.made(),
            report.pictures());
    assertThat(CostTable.of(without)).isEmpty();
  }
}
