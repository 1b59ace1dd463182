package dev.fusebox.results.report;

import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.training.recipe.StageRole;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says where the runs of a table were computed, if not all of it in one kind of place. */
final class ComputedOnNote {

  private static final int SHOWN = 3;

  private ComputedOnNote() {}

  /** One line, or nothing where all that is known is the same. */
  static Optional<String> of(List<RunRecord> runs) {
    Map<String, Set<String>> places = new LinkedHashMap<>();
    for (RunRecord run : runs) {
      for (StageRecord stage : run.stages()) {
        if (stage.role() != StageRole.DATA && stage.computedOn().known()) {
          places
              .computeIfAbsent(stage.computedOn().inWords(), place -> new LinkedHashSet<>())
              .add(run.title());
        }
      }
    }
    return places.size() < 2 ? Optional.empty() : Optional.of(line(places));
  }

  private static String line(Map<String, Set<String>> places) {
    return places.entrySet().stream()
        .map(place -> "%s (%s)".formatted(place.getKey(), shown(List.copyOf(place.getValue()))))
        .collect(
            Collectors.joining(
                "; ",
                "computed in different places, which differ in the last bits of numbers: a training there is as one with another seed, written text differs in an answer now and then: ",
                ""));
  }

  private static String shown(List<String> runs) {
    String first = runs.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return runs.size() > SHOWN ? first + " and " + (runs.size() - SHOWN) + " more" : first;
  }
}
