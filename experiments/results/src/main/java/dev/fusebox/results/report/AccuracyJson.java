package dev.fusebox.results.report;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.questions.mark.Proportion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy for programs: by category, then over all. A category that is not known is null.
 *
 * @param categories of the data
 */
record AccuracyJson(List<Category> categories) {

  Map<String, Object> of(Graded marks) {
    Map<String, Object> accuracy = new LinkedHashMap<>();
    for (Category category : categories) {
      Map<String, Object> known = proportion(marks.in(category));
      int unknown = marks.unknown(category);
      if (unknown > 0) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("percent", null);
        value.put("unknown", unknown);
        value.put("known_only", known);
        accuracy.put(category.label(), value);
      } else {
        accuracy.put(category.label(), known);
      }
    }
    accuracy.put("Avg", proportion(marks.average()));
    return accuracy;
  }

  static Map<String, Object> proportion(Proportion share) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("percent", share.isEmpty() ? null : share.percent());
    value.put("correct", share.correct());
    value.put("n", share.n());
    if (!share.isEmpty()) {
      Interval interval = share.wilson(0.95).times(100);
      value.put("standard_error", 100 * share.standardError());
      value.put("ci95", List.of(interval.low(), interval.high()));
    }
    return value;
  }
}
