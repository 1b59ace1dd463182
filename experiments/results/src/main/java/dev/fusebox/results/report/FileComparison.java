package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.results.score.Holm;
import dev.fusebox.results.score.McNemar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two files of answers over the questions that both answer.
 *
 * @param comparison difference, interval and p-values
 * @param counts on how many questions only one of them is right
 * @param n how many questions both answer
 */
public record FileComparison(VariantComparison comparison, McNemar counts, int n) {

  /** Every pair, in order; Holm's correction is over all of them. */
  static List<FileComparison> all(Map<String, Graded> files) {
    List<String> names = List.copyOf(files.keySet());
    List<FileComparison> pairs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        String first = names.get(i);
        String second = names.get(j);
        Set<String> shared = ids(files.get(first));
        shared.retainAll(ids(files.get(second)));
        if (!shared.isEmpty()) {
          pairs.add(pair(first, second, files, shared));
        }
      }
    }
    return corrected(pairs);
  }

  private static FileComparison pair(
      String first, String second, Map<String, Graded> files, Set<String> shared) {
    Graded a = files.get(first).only(question -> shared.contains(question.id()));
    Graded b = files.get(second).only(question -> shared.contains(question.id()));
    return new FileComparison(
        Comparisons.compare(first, second, List.of(a), List.of(b)),
        McNemar.of(a, b),
        shared.size());
  }

  private static List<FileComparison> corrected(List<FileComparison> pairs) {
    List<Double> adjusted = Holm.adjust(pairs.stream().map(pair -> pair.comparison().p()).toList());
    return IntStream.range(0, pairs.size())
        .mapToObj(
            i ->
                new FileComparison(
                    pairs.get(i).comparison().corrected(adjusted.get(i)),
                    pairs.get(i).counts(),
                    pairs.get(i).n()))
        .toList();
  }

  private static Set<String> ids(Graded graded) {
    return graded.questions().stream()
        .map(Question::id)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
