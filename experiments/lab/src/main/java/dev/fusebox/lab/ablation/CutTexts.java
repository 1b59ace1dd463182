package dev.fusebox.lab.ablation;

import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says which stages read or learnt texts that were too long for them. */
public final class CutTexts {

  private CutTexts() {}

  /** A line for each stage with such texts; variants are named where not all have them. */
  public static List<String> of(AblationPlan plan, StageStore store) throws IOException {
    Map<String, Set<String>> variants = new LinkedHashMap<>();
    for (PlannedRun run : plan.runs()) {
      for (Stage stage : run.plan().stages()) {
        Optional<StageFolder> done = store.find(stage.name());
        boolean counts = stage.role() != StageRole.TESTING; // cut like the texts they are tests of
        if (counts && done.isPresent() && hasCuts(done.get().figures())) {
          variants
              .computeIfAbsent(line(stage, done.get().figures()), line -> new LinkedHashSet<>())
              .add(run.variant().name());
        }
      }
    }
    return named(variants, plan.experiment().variants().size());
  }

  /** The lines with their variants, where those are not all. */
  static List<String> named(Map<String, Set<String>> variants, int all) {
    return variants.entrySet().stream()
        .map(entry -> named(entry.getKey(), entry.getValue(), all))
        .toList();
  }

  private static boolean hasCuts(Map<String, Number> figures) {
    return Stream.of("cutSources", "cutTargets", "leftOutShots")
        .anyMatch(name -> number(figures, name) > 0);
  }

  private static int number(Map<String, Number> figures, String name) {
    return figures.getOrDefault(name, 0).intValue();
  }

  private static String line(Stage stage, Map<String, Number> figures) {
    int targets = number(figures, "cutTargets");
    int shots = number(figures, "leftOutShots");
    return String.format(
        Locale.ROOT,
        "%s: of %,d questions, %,d inputs%s were too long and truncated%s",
        stage.title(),
        number(figures, "questions"),
        number(figures, "cutSources"),
        targets > 0 ? String.format(Locale.ROOT, " and %,d targets", targets) : "",
        shots > 0
            ? String.format(Locale.ROOT, "; %,d of the shots before them did not fit", shots)
            : "");
  }

  private static String named(String line, Set<String> variants, int all) {
    return variants.size() == all ? line : line + " (" + String.join(", ", variants) + ")";
  }
}
