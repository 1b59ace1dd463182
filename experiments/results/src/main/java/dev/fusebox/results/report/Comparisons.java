package dev.fusebox.results.report;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.results.score.Holm;
import dev.fusebox.results.score.Paired;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Paired comparisons of variants, corrected together. */
public final class Comparisons {

  private static final long SEED = 20260101;
  private static final double LEVEL = 0.95;
  private static final double POINTS = 100;
  private static final String ALL = "";

  private Comparisons() {}

  /**
   * Compares pairs, corrected together.
   *
   * @param pairs variant and control; a pair is left out if either has no finished run
   * @param runs the marked runs of each variant
   * @param among categories among whose questions each pair is compared as well
   */
  public static List<VariantComparison> of(
      List<Map.Entry<String, String>> pairs, Map<String, List<Graded>> runs, List<Category> among) {
    List<VariantComparison> raw = new ArrayList<>();
    for (Map.Entry<String, String> pair : pairs) {
      List<Graded> variant = runs.getOrDefault(pair.getKey(), List.of());
      List<Graded> control = runs.getOrDefault(pair.getValue(), List.of());
      if (!variant.isEmpty() && !control.isEmpty()) {
        raw.add(compare(pair.getKey(), pair.getValue(), variant, control));
        among.forEach(
            category ->
                raw.add(compare(pair.getKey(), pair.getValue(), variant, control, category)));
      }
    }
    List<Double> adjusted = Holm.adjust(raw.stream().map(VariantComparison::p).toList());
    return IntStream.range(0, raw.size())
        .mapToObj(i -> raw.get(i).corrected(adjusted.get(i)))
        .toList();
  }

  /**
   * What difference the pairs can show, which needs neither interval nor test.
   *
   * @param pairs variant and control; a pair is left out if either has no finished run
   * @param runs the marked runs of each variant
   */
  static List<PairPower> powers(
      List<Map.Entry<String, String>> pairs, Map<String, List<Graded>> runs) {
    return pairs.stream()
        .filter(pair -> !runs.getOrDefault(pair.getKey(), List.of()).isEmpty())
        .filter(pair -> !runs.getOrDefault(pair.getValue(), List.of()).isEmpty())
        .map(
            pair ->
                new PairPower(
                    pair.getKey(),
                    pair.getValue(),
                    Paired.of(runs.get(pair.getKey()), runs.get(pair.getValue())).power()))
        .toList();
  }

  private static VariantComparison compare(
      String variant, String control, List<Graded> first, List<Graded> second, Category category) {
    return compare(
        variant, control, category.label(), within(first, category), within(second, category));
  }

  private static List<Graded> within(List<Graded> runs, Category category) {
    return runs.stream().map(run -> run.only(category::contains)).toList();
  }

  /** Compares one pair over all questions; the adjusted p-value is the plain one. */
  static VariantComparison compare(
      String variant, String control, List<Graded> first, List<Graded> second) {
    return compare(variant, control, ALL, first, second);
  }

  private static VariantComparison compare(
      String variant, String control, String among, List<Graded> first, List<Graded> second) {
    Paired paired = Paired.of(first, second);
    double p = paired.p();
    return new VariantComparison(
        variant,
        control,
        among,
        POINTS * paired.difference(),
        paired.bootstrap(LEVEL, SEED).times(POINTS),
        p,
        paired.power(),
        p);
  }
}
