package dev.fusebox.experiments.report;

import dev.fusebox.experiments.evaluate.TextScores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure of written texts as tables show it.
 *
 * @param heading of its column
 * @param percent the figure; NaN over nothing
 */
record TextFigure(String heading, ToDoubleFunction<TextScores> percent) {

  private static final String SIMILARITY = "similarity";

  /** What stands below tables of texts; the last sentence where similarity is shown. */
  static String note(boolean similarity) {
    return "rouge: distinct words, as mm-cot's final scores; rouge_score: stemmed, as its"
        + " evaluation loop and the paper's column"
        + (similarity
            ? "; similarity: cosine of sentence embeddings, as mm-cot's final scores"
            : "");
  }

  /** All of them. */
  static List<TextFigure> all(boolean similarity) {
    List<TextFigure> figures =
        new ArrayList<>(
            List.of(
                new TextFigure("BLEU-1", texts -> 100 * texts.bleu1().value()),
                new TextFigure("BLEU-4", texts -> 100 * texts.bleu4().value()),
                new TextFigure("ROUGE-L rouge", texts -> 100 * texts.rougeL().value()),
                new TextFigure(
                    "ROUGE-L rouge_score", texts -> 100 * texts.rougeLStemmed().value())));
    if (similarity) {
      figures.add(new TextFigure(SIMILARITY, TextFigure::similarity));
    }
    figures.add(new TextFigure("exact", texts -> texts.exact().percent()));
    return figures;
  }

  private static double similarity(TextScores texts) {
    return texts.similarity().map(mean -> 100 * mean.value()).orElse(Double.NaN);
  }
}
