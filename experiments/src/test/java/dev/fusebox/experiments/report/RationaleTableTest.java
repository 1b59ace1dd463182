package dev.fusebox.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.experiments.evaluate.SentenceSimilarity;
import java.util.List;
import java.util.Optional;
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
            "BLEU-4",
            "ROUGE-L rouge",
            "ROUGE-L rouge_score",
            "similarity",
            "exact",
            "n",
            "seeds",
            "decoding");
    assertThat(table.sections().get(0)).hasSize(1);
    List<Cell> gated = table.sections().get(0).get(0);
    double exact = gated.get(6).order();
    assertThat(gated.get(5).order()).isCloseTo(50 + exact / 2, within(1e-9));
    assertThat(gated.subList(7, 10))
        .extracting(Cell::text)
        .containsExactly("240", "3", "generated, beam 4");
    assertThat(table.notes().get(0))
        .endsWith("similarity: cosine of sentence embeddings, as mm-cot's final scores");
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
