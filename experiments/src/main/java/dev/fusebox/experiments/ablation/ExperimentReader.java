package dev.fusebox.experiments.ablation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.experiments.config.Binder;
import dev.fusebox.experiments.config.ConfigSource;
import dev.fusebox.experiments.config.KeyOrder;
import dev.fusebox.experiments.config.Layers;
import dev.fusebox.experiments.config.Problems;
import dev.fusebox.experiments.config.Reader;
import dev.fusebox.experiments.config.Spelling;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.evaluate.similarity.SentenceTransformer;
import dev.fusebox.experiments.fusion.FusionCatalogue;
import dev.fusebox.experiments.fusion.FusionSettings;
import dev.fusebox.experiments.pipeline.Recipe;
import dev.fusebox.experiments.train.DeviceName;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an experiment: the file over the defaults, a variant's lines over that, the command line
 * over everything.
 */
public final class ExperimentReader {

  private static final String SENTENCE_TRANSFORMER = "sentenceTransformer";

  private final FusionCatalogue fusions;
  private final ClassLoader loader;

  /** A reader that knows these fusions. */
  @Inject
  public ExperimentReader(FusionCatalogue fusions, ClassLoader loader) {
    this.fusions = fusions;
    this.loader = loader;
  }

  /**
   * The experiment in {@code file}.
   *
   * @param overrides {@code key=value}, over every variant; {@code seeds} and {@code jobs} stand
   *     for those of {@code ablation}
   * @throws UserError that lists everything that is wrong
   */
  public Experiment read(Path file, List<String> overrides) {
    Config defaults = ConfigSource.defaults(loader);
    Config own = ConfigSource.file(file);
    Config given =
        ConfigSource.overrides(overrides.stream().map(ExperimentReader::spelledOut).toList());
    Problems problems = new Problems();
    // A recipe's keys never stand at the root of the defaults: the layers stay apart.
    Reading reading =
        new Reading(
            ConfigSource.resolve("reference.conf", defaults).root(),
            ConfigSource.resolve(file.toString(), variables(given, own), own, defaults).root(),
            ConfigSource.resolve(ConfigSource.COMMAND_LINE, given, defaults).root(),
            ConfigSource.resolve(file.toString(), given, own, defaults).root(),
            problems);
    reading.checkRoots(own.root(), given.root());
    Experiment experiment = reading.experiment(file, overrides);
    problems.orThrow(file.toString());
    return experiment;
  }

  /**
   * Where the experiment is to be computed.
   *
   * @throws UserError if the key names no device
   */
  public static DeviceName device(Path file, List<String> overrides, ClassLoader loader) {
    Config all =
        ConfigSource.resolve(
            file.toString(),
            ConfigSource.overrides(overrides),
            ConfigSource.file(file),
            ConfigSource.defaults(loader));
    ConfigValue value = all.getValue("device");
    try {
      return new DeviceName(String.valueOf(value.unwrapped()));
    } catch (IllegalArgumentException e) {
      throw new UserError(value.origin().description() + ": " + e.getMessage());
    }
  }

  /**
   * What of the command line may stand in the file's own layer, so that what the file builds from
   * it follows: what replaces a plain value. Presets, by name or as a block, are the layers'
   * matter.
   */
  private static Config variables(Config given, Config own) {
    Config result = given;
    for (String key : RecipeTree.KEYS) {
      result = result.withoutPath(key);
    }
    for (Map.Entry<String, ConfigValue> leaf : given.entrySet()) {
      if (fits(ConfigUtil.splitPath(leaf.getKey()), own.root())) {
        result = result.withValue(leaf.getKey(), leaf.getValue());
      }
    }
    return result;
  }

  /** Whether a path leads through blocks to a value that is none. */
  private static boolean fits(List<String> path, ConfigObject into) {
    ConfigValue value = into;
    for (String key : path) {
      value = value instanceof ConfigObject block ? block.get(key) : null;
    }
    return value != null && !(value instanceof ConfigObject);
  }

  private static String spelledOut(String override) {
    return override.matches("(seeds|jobs)=.*") ? "ablation." + override : override;
  }

  /** One reading: the layers, and what was found wrong in them. */
  private final class Reading {

    private final ConfigObject defaults;
    private final ConfigObject own;
    private final ConfigObject given;
    private final ConfigObject everything;
    private final Problems problems;
    private final Binder binder;
    private final Layers layers;
    private final RecipeTree trees;

    Reading(
        ConfigObject defaults,
        ConfigObject own,
        ConfigObject given,
        ConfigObject everything,
        Problems problems) {
      this.defaults = defaults;
      this.own = own;
      this.given = given;
      this.everything = everything;
      this.problems = problems;
      this.binder = new Binder(problems, Map.of(FusionSettings.class, fusionReader()));
      this.layers = new Layers(everything, problems);
      this.trees = new RecipeTree(everything, layers);
    }

    private Reader<FusionSettings> fusionReader() {
      return fusions::read;
    }

    Experiment experiment(Path file, List<String> overrides) {
      String name = file.getFileName().toString().replaceFirst("\\.conf$", "");
      Experiment.requireFolder(name, file.toString());
      ConfigObject ablation = (ConfigObject) everything.get("ablation");
      Optional<AblationSettings> settings =
          binder.bind(
              ablation.withoutKey("variants").withoutKey("grid"),
              "ablation",
              AblationSettings.class);
      Optional<TrackingSettings> tracking =
          binder.bind(everything.get("tracking"), "tracking", TrackingSettings.class);
      List<Variant> variants = new ArrayList<>();
      lines(ablation, name)
          .forEach((variant, lines) -> variant(variant, lines).ifPresent(variants::add));
      settings.ifPresent(known -> checkControls(known, ablation, lines(ablation, name).keySet()));
      Optional<Path> sentenceTransformer = sentenceTransformer();
      return problems.none()
          ? new Experiment(
              name,
              file.toString(),
              settings.flatMap(AblationSettings::question).orElse(""),
              settings.map(AblationSettings::seeds).orElseThrow(),
              variants,
              settings.map(AblationSettings::compare).orElseThrow(),
              settings.map(AblationSettings::workers).orElseThrow(),
              overrides,
              sentenceTransformer,
              tracking.orElseThrow())
          : null;
    }

    /** Looked at before anything is computed; it scores what is there at the end. */
    private Optional<Path> sentenceTransformer() {
      ConfigValue value = everything.get(SENTENCE_TRANSFORMER);
      if (value.valueType() == ConfigValueType.NULL) {
        return Optional.empty();
      }
      Path directory = Path.of(String.valueOf(value.unwrapped()));
      try {
        SentenceTransformer.check(directory);
      } catch (UserError e) {
        binder.problem(value, SENTENCE_TRANSFORMER, e.getMessage());
      } catch (IOException e) {
        binder.problem(value, SENTENCE_TRANSFORMER, directory + " cannot be read: " + e);
      }
      return Optional.of(directory);
    }

    void checkRoots(ConfigObject... files) {
      Set<String> known = new LinkedHashSet<>(RecipeTree.KEYS);
      known.add("ablation");
      for (ConfigObject layer : files) {
        for (String key : KeyOrder.of(layer)) {
          if (!known.contains(key) && !defaults.containsKey(key)) {
            binder.unknownKey(layer.get(key).origin(), "", key, known);
          }
        }
      }
    }

    private Map<String, ConfigObject> lines(ConfigObject ablation, String name) {
      Map<String, ConfigObject> lines = new LinkedHashMap<>();
      block(ablation, "variants")
          .ifPresent(
              variants ->
                  KeyOrder.of(variants)
                      .forEach(key -> block(variants, key).ifPresent(v -> lines.put(key, v))));
      block(ablation, "grid").ifPresent(grid -> lines.putAll(Grid.cells(grid)));
      if (lines.isEmpty()) {
        lines.put(name, ConfigFactory.empty().root());
      }
      return lines;
    }

    private Optional<ConfigObject> block(ConfigObject parent, String key) {
      ConfigValue value = parent.get(key);
      if (value == null || value.valueType() == ConfigValueType.NULL) {
        return Optional.empty();
      }
      if (value instanceof ConfigObject block) {
        return Optional.of(block);
      }
      binder.problem(value, "ablation." + key, "expected a block");
      return Optional.empty();
    }

    private Optional<Variant> variant(String name, ConfigObject lines) {
      if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}_+.-]*")) {
        problems.add(
            lines.origin(),
            "ablation.variants.\"" + name + "\"",
            "a name is letters, digits, and _ + . - between them");
      }
      for (String key : KeyOrder.of(lines)) {
        if (!RecipeTree.KEYS.contains(key)) {
          binder.unknownKey(lines.get(key).origin(), "", key, RecipeTree.KEYS);
        }
      }
      ConfigObject tree = (ConfigObject) defaults.get("defaults");
      for (ConfigObject layer : List.of(own, lines, given)) {
        tree = layers.over(tree, trees.only(layer));
      }
      ConfigObject complete = trees.complete(tree);
      return binder
          .bind(complete, "", Recipe.class)
          .map(recipe -> fitting(recipe, complete))
          .map(recipe -> new Variant(name, recipe, complete));
    }

    private Recipe fitting(Recipe recipe, ConfigObject complete) {
      ConfigObject pipeline = (ConfigObject) complete.get("pipeline");
      recipe
          .pipeline()
          .forEach(
              (name, stage) -> {
                ConfigObject fusion =
                    (ConfigObject) ((ConfigObject) pipeline.get(name)).get("fusion");
                boolean shared = fusion.equals(complete.get("fusion"));
                FusionFit.misfit(stage, fusions)
                    .ifPresent(
                        rule ->
                            binder.brokenRule(
                                rule, fusion, shared ? "fusion" : "pipeline." + name + ".fusion"));
              });
      return recipe;
    }

    private void checkControls(
        AblationSettings settings, ConfigObject ablation, Set<String> known) {
      ConfigObject compare = (ConfigObject) ablation.get("compare");
      settings
          .compare()
          .forEach(
              (variant, control) -> {
                for (String each : List.of(variant, control)) {
                  if (!known.contains(each)) {
                    binder.problem(
                        compare.get(variant),
                        "ablation.compare." + variant,
                        "no variant "
                            + each
                            + Spelling.hint(each, known)
                            + "; known: "
                            + String.join(", ", known));
                  }
                }
              });
    }
  }
}
