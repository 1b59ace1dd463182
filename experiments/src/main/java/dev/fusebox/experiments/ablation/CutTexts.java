package dev.fusebox.experiments.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.experiments.pipeline.Stage;
import dev.fusebox.experiments.store.StageFolder;
import dev.fusebox.experiments.store.StageStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says which stages read or learnt texts that were too long for them. */
public final class CutTexts {

  private CutTexts() {}

  /** A line for each stage with such texts; variants are named where not all have them. */
  public static List<String> of(AblationPlan plan, StageStore store) throws IOException {
    Map<String, Set<String>> variants = new LinkedHashMap<>();
    for (PlannedRun run : plan.runs()) {
      for (Stage stage : run.plan().stages()) {
        Optional<StageFolder> done = store.find(stage.name());
        if (done.isPresent() && hasCuts(done.get().figures())) {
          variants
              .computeIfAbsent(line(stage, done.get().figures()), line -> new LinkedHashSet<>())
              .add(run.variant().name());
        }
      }
    }
    int all = plan.experiment().variants().size();
    return variants.entrySet().stream()
        .map(entry -> named(entry.getKey(), entry.getValue(), all))
        .toList();
  }

  private static boolean hasCuts(JsonNode figures) {
    return figures.path("cutSources").asInt() + figures.path("cutTargets").asInt() > 0;
  }

  private static String line(Stage stage, JsonNode figures) {
    int targets = figures.path("cutTargets").asInt();
    return String.format(
        Locale.ROOT,
        "%s: of %,d questions, %,d inputs%s were too long and cut",
        stage.title(),
        figures.path("questions").asInt(),
        figures.path("cutSources").asInt(),
        targets > 0 ? String.format(Locale.ROOT, " and %,d targets", targets) : "");
  }

  private static String named(String line, Set<String> variants, int all) {
    return variants.size() == all ? line : line + " (" + String.join(", ", variants) + ")";
  }
}
