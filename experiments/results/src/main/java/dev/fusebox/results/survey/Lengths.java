package dev.fusebox.results.survey;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.TextPair;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How long one side of a format is over a split.
 *
 * @param text which text
 * @param mean 0 if there is no question
 * @param percentile95 19 of 20 texts are no longer
 * @param over how many are longer than the limit, and so are cut
 */
public record Lengths(
    String split,
    String text,
    int n,
    double mean,
    int median,
    int percentile95,
    int max,
    int over) {

  static Lengths of(
      String split,
      String text,
      List<Question> questions,
      PromptBuilder prompts,
      Function<TextPair, String> side,
      Ruler ruler,
      int limit) {
    int[] sorted =
        questions.stream()
            .map(prompts::prompt)
            .map(side)
            .mapToInt(ruler.length())
            .sorted()
            .toArray();
    return new Lengths(
        split,
        text,
        sorted.length,
        Arrays.stream(sorted).average().orElse(0),
        quantile(sorted, 0.5),
        quantile(sorted, 0.95),
        quantile(sorted, 1),
        (int) Arrays.stream(sorted).filter(length -> length > limit).count());
  }

  /** The smallest length that so large a share of the texts does not pass. */
  private static int quantile(int[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.max(1, rank) - 1];
  }
}
