package dev.fusebox.results.report;

import dev.fusebox.demo.DemoData;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.Variant;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.SplitLimits;
import dev.fusebox.results.score.Power;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What difference the comparisons of a plan can show, told before anything is computed: from the
 * answers that are there already, else from an assumption that is stated.
 */
public final class PlannedPower {

  /** Of four questions, one that the one variant answers rightly and the other does not. */
  private static final int APART = 4;

  private static final Power ASSUMED = new Power(Math.sqrt(1.0 / APART), 1);
  private static final int NAMED = 4;

  private PlannedPower() {}

  /**
   * What the comparisons of an experiment can show; nothing where it compares nothing.
   *
   * @param folder of its results, whatever of them is there
   */
  public static List<String> of(
      Experiment experiment, Path folder, OpenedFiles files, ResultsCheck check)
      throws IOException {
    List<Map.Entry<String, String>> pairs =
        experiment.variants().stream()
            .map(Variant::name)
            .filter(experiment.compare()::containsKey)
            .map(variant -> Map.entry(variant, experiment.compare().get(variant)))
            .toList();
    return pairs.isEmpty()
        ? List.of()
        : lines(pairs, found(folder, check), questions(experiment, files));
  }

  /** Of answers that are there already; none where they cannot be read. */
  private static List<PairPower> found(Path folder, ResultsCheck check) throws IOException {
    try {
      return ResultsFolder.open(folder, check, Optional.empty()).powers();
    } catch (UserError e) { // table tells what is wrong with them
      return List.of();
    }
  }

  /** How many test questions; all variants of a table are asked the same. */
  private static int questions(Experiment experiment, OpenedFiles files) throws IOException {
    DataSettings data = experiment.variants().get(0).recipe().data();
    if (data.root().isPresent()) {
      return Split.TEST.questions(files.questions(data.root().get()), data).size();
    }
    int all = DemoData.ids(data.demo(), Split.TEST.name(data)).size();
    return SplitLimits.apply(Split.TEST.limit(data.limits()), all);
  }

  /**
   * A line for the pairs that have answers, and one for the others.
   *
   * @param pairs variant and control
   * @param known what answers that are there already can show
   * @param questions that each variant is to be asked
   */
  static List<String> lines(
      List<Map.Entry<String, String>> pairs, List<PairPower> known, int questions) {
    Map<String, Power> observed = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (Map.Entry<String, String> pair : pairs) {
      String name = pair.getKey() + " and " + pair.getValue();
      power(pair, known)
          .ifPresentOrElse(
              found -> observed.put(name, found.with(questions)), () -> others.add(name));
    }
    List<String> lines = new ArrayList<>();
    if (!observed.isEmpty()) {
      lines.add(observed(observed, questions));
    }
    if (!others.isEmpty()) {
      lines.add(assumed(others, questions));
    }
    return lines;
  }

  /** Answers that are all alike tell nothing of those to come. */
  private static Optional<Power> power(Map.Entry<String, String> pair, List<PairPower> known) {
    return known.stream()
        .filter(each -> each.variant().equals(pair.getKey()))
        .filter(each -> each.control().equals(pair.getValue()))
        .map(PairPower::power)
        .filter(found -> !found.alike())
        .findFirst();
  }

  private static String observed(Map<String, Power> pairs, int questions) {
    String each =
        pairs.entrySet().stream()
            .map(pair -> pair.getValue().inWords() + " between " + pair.getKey())
            .collect(Collectors.joining(", "));
    return "power: %s %s (80 %% power, with the seeds trained so far)"
        .formatted(
            Numbers.count(questions, "question"), pairs.size() > NAMED ? range(pairs) : each);
  }

  /** Of many pairs, the one that can show most and the one that can show least. */
  private static String range(Map<String, Power> pairs) {
    Comparator<Power> finest = Comparator.comparingDouble(Power::detectable);
    return "%s in the best of %d comparisons and %s in the worst"
        .formatted(
            Collections.min(pairs.values(), finest).inWords(),
            pairs.size(),
            Collections.max(pairs.values(), finest).inWords());
  }

  private static String assumed(List<String> pairs, int questions) {
    Power power = ASSUMED.with(questions);
    String which =
        pairs.size() > NAMED ? Numbers.count(pairs.size(), "comparison") : String.join(", ", pairs);
    return "power: %s %s (80 %% power; assumed: one question in %d is right for only one of the two; more seeds add no questions): %s"
        .formatted(Numbers.count(questions, "question"), power.inWords(), APART, which);
  }
}
