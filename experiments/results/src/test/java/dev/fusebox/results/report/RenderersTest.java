package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Spread;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.CsvTable;
import dev.fusebox.results.table.LatexTable;
import dev.fusebox.results.table.MarkdownTable;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderersTest {

  private static final Table TABLE =
      new Table(
          "Does the picture help?",
          List.of("accuracy % ↑", "2 seeds"),
          List.of(
              Column.words("variant"),
              Column.number("Avg ± sd", "Avg", "sd", "seeds").afterRule(),
              Column.number("95% CI", "low", "high").whereSpace(),
              Column.words("vs control")),
          List.of(
              List.of(
                  List.of(
                      new Cell.Words("gated, \"1 head\""),
                      new Cell.Averaged(new Spread(87.625, 0.5, 2), 1),
                      new Cell.Range(new Interval(84, 90.5), 1, false),
                      new Cell.Probability(0.0004))),
              List.of(
                  List.of(
                      new Cell.Words("chance_a"),
                      new Cell.Score(33.333333, 1),
                      new Cell.Empty(),
                      new Cell.Empty()))),
          List.of("100% of the questions & more"));

  @Test
  void markdown() {
    assertThat(MarkdownTable.render(TABLE))
        .isEqualTo(
            """
            ### Does the picture help?

            accuracy % ↑ · 2 seeds

            | variant | Avg ± sd | 95% CI | vs control |
            | :-- | --: | --: | :-- |
            | gated, "1 head" | 87.6 ± 0.5 | 84.0–90.5 | p < .001 |
            |  |  |  |  |
            | chance_a | 33.3 |  |  |

            - 100% of the questions & more
            """);
  }

  @Test
  void latex() {
    assertThat(LatexTable.render(TABLE))
        .isEqualTo(
            """
            % needs \\usepackage{booktabs}
            \\begin{table}
              \\centering
              \\caption{Does the picture help? (accuracy \\% $\\uparrow$, 2 seeds)}
              \\begin{tabular}{lrrl}
                \\toprule
                variant & Avg $\\pm$ sd & 95\\% CI & vs control \\\\
                \\midrule
                gated, "1 head" & 87.6 $\\pm$ 0.5 & 84.0--90.5 & p $<$ .001 \\\\
                \\midrule
                chance\\_a & 33.3 &  &  \\\\
                \\bottomrule
              \\end{tabular}
              \\par\\smallskip\\footnotesize
              100\\% of the questions \\& more\\par
            \\end{table}
            """);
  }

  @Test
  void latexSetsTheMinusOfANumberAndNoOtherHyphen() {
    assertThat(LatexTable.escape("-2.7 vs two-stage, [-5.7, +0.3], 84.0–90.5, BLEU-4"))
        .isEqualTo("$-$2.7 vs two-stage, [$-$5.7, +0.3], 84.0--90.5, BLEU-4");
  }

  @Test
  void csvHasAColumnForEachValue() {
    assertThat(CsvTable.render(TABLE))
        .isEqualTo(
            """
            # Does the picture help?
            # accuracy % ↑
            # 2 seeds
            # 100% of the questions & more
            variant,Avg,sd,seeds,low,high,vs control
            "gated, ""1 head""\",87.625,0.500,2,84.000,90.500,4.0E-4
            chance_a,33.333,,,,,
            """);
  }

  @Test
  void aRowNeedsACellForEachColumn() {
    assertThatThrownBy(
            () -> new Table("", List.of(), TABLE.columns(), List.of(List.of(List.of())), List.of()))
        .hasMessage("a row needs 4 cells, found 0");
  }

  @ParameterizedTest
  @CsvSource({
    "0.2836, p = .284",
    "0.05, p = .050",
    "0.00099, p < .001",
    "0.9996, p = 1",
    "0.9994, p = .999",
    "1, p = 1"
  })
  void pValues(double p, String text) {
    assertThat(Numbers.p(p)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.04, +0.0", "-0.04, +0.0", "-0.06, -0.1", "28.2, +28.2"})
  void zeroHasNoMinus(double points, String text) {
    assertThat(Numbers.signed(points, 1)).isEqualTo(text);
  }

  /** What people may write into a question, a name or a failure, in other languages' files. */
  private static final Table HOSTILE =
      new Table(
          "is it?\n=cmd|' /C calc'!A0, =1+1 \u001b[2J<script>x</script> [a](javascript:b)",
          List.of("a\r\n\r\nb"),
          List.of(Column.words("=1+1"), Column.words("b")),
          List.of(
              List.of(
                  List.of(new Cell.Words("@SUM(A1)\n| x |"), new Cell.Score(-1.5, 1)),
                  List.of(new Cell.Words("+1+1"), new Cell.Score(Double.NaN, 1)))),
          List.of("first *line*\nsecond_ `line`"));

  @Test
  void aLineIsALineInCsvAndNothingIsComputed() {
    assertThat(CsvTable.render(HOSTILE))
        .isEqualTo(
            """
            # is it? =cmd|' /C calc'!A0, '=1+1 \uFFFD[2J<script>x</script> [a](javascript:b)
            # a b
            # first *line* second_ `line`
            '=1+1,b
            '@SUM(A1) | x |,-1.500
            '+1+1,-
            """);
  }

  @Test
  void aCaptionIsOneParagraphInLatex() {
    assertThat(LatexTable.render(HOSTILE))
        .contains("\\caption{is it? =cmd|' /C calc'!A0, =1+1 \uFFFD[2J$<$script$>$x")
        .contains("(a b)}")
        .contains("  first *line* second\\_ `line`\\par");
  }

  @Test
  void textIsNoMarkupInMarkdown() {
    assertThat(MarkdownTable.render(HOSTILE))
        .contains(
            "### is it? =cmd\\|' /C calc'!A0, =1+1 \uFFFD[2J\\<script>x\\</script> [a\\](javascript:b)\n")
        .contains("| @SUM(A1) \\| x \\| |")
        .contains("- first \\*line\\* second\\_ \\`line\\`");
  }

  @Test
  void aTerminalGetsNoCommandsAndKeepsTheLinesOfANote() {
    assertThat(TerminalTable.render(HOSTILE))
        .startsWith("is it? =cmd")
        .doesNotContain("\u001b")
        .contains("  first *line*\n    second_ `line`\n");
  }
}
