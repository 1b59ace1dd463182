package dev.fusebox.lab.ablation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.fusebox.file.Spelling;
import dev.fusebox.lab.config.ConfigKeys;
import dev.fusebox.lab.config.ConfigOrigins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which stages an override does not reach: a stage's own lines are over what the experiment says
 * for all, the command line included.
 */
final class UnreachedStages {

  private static final Map<String, List<String>> SHORT_FORMS =
      Map.of("features", List.of("features", "source"), "fusion", List.of("fusion", "name"));

  private static final List<String> OPTIMIZER = List.of("training", "optimizer");

  private final List<Variant> variants;

  private UnreachedStages(List<Variant> variants) {
    this.variants = variants;
  }

  /** A line for each override and each stage that keeps another value, or ignores it. */
  static List<String> notes(ConfigObject given, List<Variant> variants) {
    Map<List<String>, ConfigValue> shared = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> override : given.toConfig().entrySet()) {
      List<String> path = spelledOut(ConfigUtil.splitPath(override.getKey()));
      if (RecipeTree.SHARED.contains(path.get(0)) && (path.size() > 1 || isControl(path))) {
        shared.put(path, override.getValue());
      }
    }
    return shared.isEmpty() ? List.of() : new UnreachedStages(variants).notes(shared);
  }

  private static List<String> spelledOut(List<String> path) {
    return SHORT_FORMS.getOrDefault(String.join(".", path), path);
  }

  /** The one setting that is no block; other short keys name presets, whose keys are many. */
  private static boolean isControl(List<String> path) {
    return path.equals(List.of("control"));
  }

  private List<String> notes(Map<List<String>, ConfigValue> overrides) {
    Map<List<String>, Map<String, Set<String>>> lines = new LinkedHashMap<>();
    overrides.keySet().forEach(path -> lines.put(path, new LinkedHashMap<>()));
    for (Variant variant : variants) {
      Config tree = variant.tree().toConfig();
      overrides.forEach(
          (path, value) ->
              kept(tree, path, value)
                  .forEach(
                      line ->
                          lines
                              .get(path)
                              .computeIfAbsent(line, key -> new LinkedHashSet<>())
                              .add(variant.name())));
    }
    return lines.values().stream()
        .flatMap(ofPath -> ofPath.entrySet().stream())
        .map(this::withVariants)
        .toList();
  }

  private String withVariants(Map.Entry<String, Set<String>> line) {
    Set<String> which = line.getValue();
    return which.size() == variants.size()
        ? line.getKey()
        : line.getKey() + " (" + Spelling.list(which) + ")";
  }

  private static List<String> kept(Config tree, List<String> path, ConfigValue value) {
    List<List<String>> stages = new ArrayList<>();
    if (tree.root().get("pipeline") instanceof ConfigObject pipeline) {
      pipeline.keySet().forEach(stage -> stages.add(List.of("pipeline", stage)));
    }
    if (tree.root().get("pretraining") instanceof ConfigObject) {
      stages.add(List.of("pretraining"));
    }
    return stages.stream().flatMap(stage -> note(tree, stage, path, value).stream()).toList();
  }

  /** The note on one stage, unless the override reaches it and counts there. */
  private static Optional<String> note(
      Config tree, List<String> stage, List<String> path, ConfigValue value) {
    String key = written(Stream.concat(stage.stream(), path.stream()).toList());
    String override = written(path) + "=" + value.unwrapped();
    if (!tree.hasPath(key)) {
      return lacking(tree, stage, path)
          .map(type -> override + " does not reach " + written(stage) + type);
    }
    ConfigValue kept = tree.getValue(key);
    if (kept.unwrapped().equals(value.unwrapped())) {
      return idle(tree, stage, path).map(steps -> override + " changes nothing in " + steps);
    }
    return Optional.of(
        "%s does not reach %s, which keeps %s (%s); %s=%s does"
            .formatted(
                override,
                written(stage),
                kept.unwrapped(),
                ConfigOrigins.of(kept.origin()),
                key,
                value.unwrapped()));
  }

  /** Why epochs do not count in a stage that has steps. */
  private static Optional<String> idle(Config tree, List<String> stage, List<String> path) {
    String steps = written(stage) + ".training.steps";
    return path.equals(List.of("training", "epochs")) && tree.hasPath(steps)
        ? Optional.of(
            "%s: training.steps = %s decides there"
                .formatted(written(stage), tree.getValue(steps).unwrapped()))
        : Optional.empty();
  }

  /** The note on a stage with another optimizer, which has no such argument. */
  private static Optional<String> lacking(Config tree, List<String> stage, List<String> path) {
    String type = written(stage) + ".training.optimizer.type";
    boolean argument = path.size() == 3 && path.subList(0, 2).equals(OPTIMIZER);
    return argument && tree.hasPath(type)
        ? Optional.of(", whose " + tree.getString(type) + " has no " + path.get(2))
        : Optional.empty();
  }

  private static String written(List<String> path) {
    return path.stream().reduce("", ConfigKeys::join);
  }
}
