package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.KeyOrder;
import dev.fusebox.lab.config.Layers;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import jakarta.inject.Inject;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads an experiment: the file over the defaults, a variant's lines over that, the command line
 * over everything.
 */
public final class ExperimentReader {

  private static final Set<String> STAGE_KEYS =
      Arrays.stream(StageSettings.class.getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

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
   * @param overrides {@code key=value}, over every variant
   * @throws UserError that lists everything that is wrong
   */
  public Experiment read(Path file, List<String> overrides) {
    return read(ExperimentFile.read(file, overrides, loader));
  }

  /**
   * The experiment in a file that was read.
   *
   * @throws UserError that lists everything that is wrong
   */
  public Experiment read(ExperimentFile file) {
    Reading reading = new Reading(file);
    reading.checkRoots(file.own(), file.given());
    Experiment experiment = reading.experiment();
    file.repeated().orThrow(file.path().toString());
    return experiment;
  }

  /** One reading: the layers, and what was found wrong in them. */
  private final class Reading {

    private final ExperimentFile file;
    private final ConfigObject defaults;
    private final ConfigObject everything;
    private final Problems problems;
    private final Binder binder;
    private final Layers layers;
    private final RecipeTree trees;
    private final ConfigObject own;
    private final ConfigObject given;

    Reading(ExperimentFile file) {
      this.file = file;
      this.defaults = file.defaults();
      this.everything = file.everything();
      this.problems = file.repeated();
      this.binder = new Binder(problems, Map.of(FusionSettings.class, new FusionReader(fusions)));
      this.layers = new Layers(everything, problems);
      this.trees = new RecipeTree(everything, layers);
      this.own = trees.only(file.own());
      this.given = trees.only(file.given());
    }

    Experiment experiment() {
      String name = name();
      ConfigObject ablation = ablation();
      Optional<AblationSettings> settings =
          binder.bind(
              ablation.withoutKey("variants").withoutKey("grid"),
              "ablation",
              AblationSettings.class);
      Optional<TrackingSettings> tracking =
          binder.bind(everything.get("tracking"), "tracking", TrackingSettings.class);
      Map<String, ConfigObject> lines = lines(ablation, name);
      List<Variant> variants = new ArrayList<>();
      lines.forEach((variant, own) -> variant(variant, own).ifPresent(variants::add));
      settings.ifPresent(known -> checkControls(known, ablation, lines.keySet()));
      Optional<Path> sentenceTransformer = sentenceTransformer();
      if (!problems.none()) {
        return null;
      }
      List<String> notes = new ArrayList<>(file.notes());
      notes.addAll(Reach.notes(file.given(), variants));
      return new Experiment(
          name,
          file.path().toString(),
          settings.flatMap(AblationSettings::question).orElse(""),
          settings.map(AblationSettings::seeds).orElseThrow(),
          variants,
          settings.map(AblationSettings::compare).orElseThrow(),
          settings.map(AblationSettings::workers).orElseThrow(),
          file.overrides(),
          notes,
          sentenceTransformer,
          tracking.orElseThrow());
    }

    /** Results lie in a folder of the file's name. */
    private String name() {
      String name = file.path().getFileName().toString().replaceFirst("\\.conf$", "");
      Experiment.requireFolder(name, file.path().toString());
      return name;
    }

    private ConfigObject ablation() {
      if (everything.get("ablation") instanceof ConfigObject block) {
        return block;
      }
      binder.problem(everything.get("ablation"), "ablation", "expected a block");
      return (ConfigObject) defaults.get("ablation");
    }

    /** It scores what is there at the end; whoever does so looks whether it can. */
    private Optional<Path> sentenceTransformer() {
      ConfigValue value = everything.get(SENTENCE_TRANSFORMER);
      return value.valueType() == ConfigValueType.NULL
          ? Optional.empty()
          : Optional.of(Path.of(String.valueOf(value.unwrapped())));
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
                      .forEach(
                          key ->
                              block(variants, "variants", key).ifPresent(v -> lines.put(key, v))));
      block(ablation, "grid").ifPresent(grid -> cells(grid, lines));
      if (lines.isEmpty()) {
        lines.put(name, ConfigFactory.empty(file.path().toString()).root());
      }
      return lines;
    }

    private void cells(ConfigObject grid, Map<String, ConfigObject> lines) {
      for (Grid.Cell cell : Grid.cells(grid)) {
        if (lines.put(cell.name(), cell.lines()) != null) {
          problems.add(
              grid.origin(),
              "ablation.grid",
              "two variants are called " + cell.name() + "; write them under variants, with names");
        }
      }
    }

    private Optional<ConfigObject> block(ConfigObject ablation, String key) {
      return block(ablation, "", key);
    }

    private Optional<ConfigObject> block(ConfigObject parent, String name, String key) {
      ConfigValue value = parent.get(key);
      if (value == null || value.valueType() == ConfigValueType.NULL) {
        return Optional.empty();
      }
      if (value instanceof ConfigObject block) {
        return Optional.of(block);
      }
      String block = name.isEmpty() ? "ablation" : "ablation." + name;
      binder.problem(value, Binder.join(block, key), "expected a block");
      return Optional.empty();
    }

    private Optional<Variant> variant(String name, ConfigObject lines) {
      if (!Names.allowed(name)) {
        problems.add(lines.origin(), Binder.join("ablation.variants", name), Names.RULE);
      }
      boolean dotted = false;
      for (String key : KeyOrder.of(lines)) {
        if (!RecipeTree.KEYS.contains(key)) {
          dotted |= unknown("ablation.variants", name, lines.get(key), key, RecipeTree.KEYS);
        }
      }
      if (dotted) {
        return Optional.empty();
      }
      ConfigObject tree = (ConfigObject) defaults.get("defaults");
      for (ConfigObject layer : List.of(own, trees.only(lines), given)) {
        tree = layers.over(tree, layer);
      }
      ConfigObject complete = trees.complete(tree);
      if (!stagesAreNamed(complete)) {
        return Optional.empty();
      }
      return binder
          .bind(complete, "", Recipe.class)
          .map(recipe -> fitting(recipe, complete))
          .map(recipe -> new Variant(name, recipe, complete));
    }

    /**
     * Notes an unknown key. A dot in a name that stands without quotes makes two keys of it: told
     * so, with the name as it was meant.
     *
     * @return whether it is such a name
     */
    private boolean unknown(
        String parent, String name, ConfigValue value, String key, Collection<String> known) {
      Optional<String> meant = Names.withDots(name, key, value, known);
      if (meant.isPresent()) {
        problems.add(
            value.origin(),
            parent + "." + meant.get(),
            "a name with a dot stands in quotes: \"" + meant.get() + "\"");
      } else {
        binder.unknownKey(value.origin(), "", key, known);
      }
      return meant.isPresent();
    }

    private boolean stagesAreNamed(ConfigObject tree) {
      boolean all = true;
      if (tree.get("pipeline") instanceof ConfigObject pipeline) {
        for (String name : KeyOrder.of(pipeline)) {
          if (!Names.allowed(name)) {
            problems.add(pipeline.get(name).origin(), Binder.join("pipeline", name), Names.RULE);
            all = false;
          } else if (pipeline.get(name) instanceof ConfigObject stage) {
            all &= !hasDottedName(name, stage);
          }
        }
      }
      return all;
    }

    private boolean hasDottedName(String name, ConfigObject stage) {
      if (STAGE_KEYS.containsAll(stage.keySet())) {
        return false;
      }
      for (String key : KeyOrder.of(stage)) {
        if (!STAGE_KEYS.contains(key)
            && Names.withDots(name, key, stage.get(key), STAGE_KEYS).isPresent()) {
          return unknown("pipeline", name, stage.get(key), key, STAGE_KEYS);
        }
      }
      return false;
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
                                rule,
                                fusion,
                                shared ? "fusion" : Binder.join("pipeline", name) + ".fusion"));
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
                String key = Binder.join("ablation.compare", variant);
                if (variant.equals(control)) {
                  binder.problem(compare.get(variant), key, "a variant cannot be its own control");
                }
                for (String each : new LinkedHashSet<>(List.of(variant, control))) {
                  if (!known.contains(each)) {
                    String message =
                        "no variant "
                            + each
                            + Spelling.hint(each, known)
                            + "; known: "
                            + Spelling.list(known);
                    binder.problem(compare.get(variant), key, message);
                  }
                }
              });
    }
  }
}
