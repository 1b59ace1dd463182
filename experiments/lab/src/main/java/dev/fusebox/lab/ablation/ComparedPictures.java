package dev.fusebox.lab.ablation;

import dev.fusebox.file.Spelling;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.StageSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a fusion that compares texts with pictures has none to compare. */
final class ComparedPictures {

  private ComparedPictures() {}

  /** A line for each reason and the variants that have it. */
  static List<String> notes(List<Variant> variants, FusionCatalogue fusions) {
    Map<String, Set<String>> lines = new LinkedHashMap<>();
    for (Variant variant : variants) {
      for (StageSettings stage : variant.recipe().pipeline().values()) {
        for (FusionSettings part : stage.fusion().parts()) {
          reason(stage)
              .filter(any -> fusions.comparesTextAndPicture(part).isPresent())
              .ifPresent(
                  reason ->
                      lines
                          .computeIfAbsent(part.name() + reason, key -> new LinkedHashSet<>())
                          .add(variant.name()));
        }
      }
    }
    List<String> notes = new ArrayList<>();
    lines.forEach((line, which) -> notes.add(line + " (" + Spelling.list(which) + ")"));
    return notes;
  }

  private static Optional<String> reason(StageSettings stage) {
    if (!stage.seesPictures()) {
      String source = stage.features().source().name().toLowerCase(Locale.ROOT);
      return Optional.of(
          " compares texts with pictures, and features = " + source + " has none: it adds no loss");
    }
    return stage.control() == Control.BLIND
        ? Optional.of(
            " compares texts with pictures, and control = blind makes them zeros: it adds no loss")
        : Optional.empty();
  }
}
