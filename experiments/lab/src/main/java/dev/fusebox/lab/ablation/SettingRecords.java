package dev.fusebox.lab.ablation;

import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The records that a config's blocks are bound to, for whoever tells of all settings. */
public final class SettingRecords {

  private SettingRecords() {}

  /**
   * A block of a config.
   *
   * @param type the record that it is bound to
   * @param defaults where {@code reference.conf} has its defaults
   * @param without components that another block tells of
   */
  public record Root(Class<?> type, String defaults, Set<String> without) {
    public Root {
      without = Set.copyOf(without);
    }
  }

  /** All blocks by their keys; the empty key is what stands outside of all. */
  public static Map<String, Root> roots() {
    Set<String> shared = names(Recipe.class);
    Map<String, Root> roots = new LinkedHashMap<>();
    roots.put("", new Root(Recipe.class, "defaults", Set.of("pipeline", "pretraining")));
    roots.put("pipeline.STAGE", new Root(StageSettings.class, "stageDefaults", shared));
    roots.put("pretraining", new Root(PretrainingSettings.class, "pretrainingDefaults", shared));
    roots.put("ablation", new Root(AblationSettings.class, "ablation", Set.of()));
    roots.put("tracking", new Root(TrackingSettings.class, "tracking", Set.of()));
    return roots;
  }

  private static Set<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(component -> component.getName())
        .collect(Collectors.toSet());
  }

  /**
   * Whether a record is written as one value, such as {@code QCM-A}, or read in a way of its own.
   */
  public static boolean isOneValue(Class<?> type) {
    return ExperimentReader.readers(new FusionCatalogue(List.of())).containsKey(type)
        || type == PromptFormat.class;
  }
}
