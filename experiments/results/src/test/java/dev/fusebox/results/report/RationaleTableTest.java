package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.SentenceSimilarity;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RationaleTableTest {

  private static final SentenceSimilarity SAME_LETTERS =
      predictions -> predictions.stream().map(p -> p.asWanted() ? 1.0 : 0.5).toList();

  @Test
  void similarityIsAColumnWhereAModelIsGiven() {
    Table table = RationaleTable.of(ReportSample.report(), Optional.of(SAME_LETTERS)).orElseThrow();
    assertThat(headings(table))
        .containsExactly(
            "",
            "BLEU-1",
            "95% CI",
            "BLEU-4",
            "95% CI",
            "ROUGE-L rouge",
            "95% CI",
            "ROUGE-L rouge_score",
            "95% CI",
            "similarity",
            "95% CI",
            "exact",
            "95% CI",
            "n",
            "seeds",
            "decoding");
    assertThat(table.sections().get(0)).hasSize(1);
    List<Cell> gated = table.sections().get(0).get(0);
    double exact = gated.get(11).order();
    assertThat(gated.get(9).order()).isCloseTo(50 + exact / 2, within(1e-9));
    assertThat(gated.subList(13, 16))
        .extracting(Cell::text)
        .containsExactly("240", "3", "generated, beam 4");
    assertThat(table.notes().get(0))
        .endsWith("similarity: cosine of sentence embeddings, as mm-cot's final scores");
  }

  /** Of a figure that is 0.5 or 1 and follows exact, the interval follows that of a share. */
  @Test
  void everyFigureHasTheIntervalOfItsQuestions() {
    Table table = RationaleTable.of(ReportSample.report(), Optional.of(SAME_LETTERS)).orElseThrow();
    List<Cell> gated = table.sections().get(0).get(0);
    for (int figure = 1; figure < 13; figure += 2) {
      Interval interval = ((Cell.Range) gated.get(figure + 1)).interval();
      assertThat(interval.contains(gated.get(figure).order())).as("figure %s", figure).isTrue();
    }
    Interval similarity = ((Cell.Range) gated.get(10)).interval();
    double spread = similarity.high() - similarity.low();
    assertThat(spread).isCloseTo(100 * 1.96 * standardError(), within(0.5));
    assertThat(table.notes().get(1)).contains("bootstrap resamples of the questions");
  }

  /** Twice that of the mean similarity over seeds, from the questions' own spread. */
  private static double standardError() {
    List<StagePredictions> seeds =
        ReportSample.report().runs().stream().flatMap(run -> run.rationales().stream()).toList();
    double[] means =
        IntStream.range(0, 240)
            .mapToDouble(
                i ->
                    seeds.stream()
                        .mapToDouble(seed -> seed.texts().get(i).asWanted() ? 1 : 0.5)
                        .average()
                        .orElseThrow())
            .toArray();
    double mean = Arrays.stream(means).average().orElseThrow();
    double squares = Arrays.stream(means).map(value -> (value - mean) * (value - mean)).sum();
    return 2 * Math.sqrt(squares / 240 / 240);
  }

  @Test
  void withoutAModelThereIsNone() {
    Table table = RationaleTable.of(ReportSample.report(), Optional.empty()).orElseThrow();
    assertThat(headings(table)).doesNotContain("similarity");
    assertThat(table.notes().get(0)).doesNotContain("similarity");
  }

  private static List<String> headings(Table table) {
    return table.columns().stream().map(Column::heading).toList();
  }
}
