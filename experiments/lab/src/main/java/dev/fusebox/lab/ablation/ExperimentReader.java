package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.KeyOrder;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.lab.config.Reader;
import dev.fusebox.lab.result.Claim;
import dev.fusebox.questions.picture.TrainedLayers;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
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
    Problems problems = file.repeated();
    Binder binder = new Binder(problems, readers(fusions));
    checkRoots(file, binder);
    Optional<Experiment> experiment = experiment(file, problems, binder);
    problems.orThrow(file.path().toString());
    return experiment.orElseThrow();
  }

  /** What reads the settings that are more than records. */
  static Map<Class<?>, Reader<?>> readers(FusionCatalogue fusions) {
    return Map.of(
        FusionSettings.class, new FusionReader(fusions),
        PromptFormat.class, new FormatReader(),
        TrainedLayers.class, new TrainedLayersReader());
  }

  private static void checkRoots(ExperimentFile file, Binder binder) {
    Set<String> known = new LinkedHashSet<>(RecipeTree.KEYS);
    known.add("ablation");
    for (ConfigObject layer : List.of(file.own(), file.given())) {
      for (String key : KeyOrder.of(layer)) {
        if (!known.contains(key) && !file.defaults().containsKey(key)) {
          binder.unknownKey(layer.get(key).origin(), "", key, known);
        }
      }
    }
  }

  /** Empty where something is wrong; all of it is noted first. */
  private Optional<Experiment> experiment(ExperimentFile file, Problems problems, Binder binder) {
    String name = name(file);
    AblationBlock ablation = new AblationBlock(file, problems, binder);
    Optional<AblationSettings> settings = ablation.settings();
    Optional<TrackingSettings> tracking =
        binder.bind(file.everything().get("tracking"), "tracking", TrackingSettings.class);
    Map<String, ConfigObject> lines = ablation.variants(name);
    VariantReader reader = new VariantReader(file, fusions, problems, binder);
    List<Variant> variants = new ArrayList<>();
    lines.forEach((variant, own) -> reader.read(variant, own).ifPresent(variants::add));
    settings.ifPresent(known -> ablation.checkControls(known, lines.keySet()));
    settings.ifPresent(known -> ablation.checkDraws(known, variants));
    if (!problems.none()) {
      return Optional.empty();
    }
    MatchedBudget.Matched matched =
        settings
            .orElseThrow()
            .budget()
            .map(budget -> MatchedBudget.of(variants, budget, fusions, binder))
            .orElseGet(() -> new MatchedBudget.Matched(variants, List.of()));
    return Optional.of(
        experiment(name, file, settings.orElseThrow(), matched, tracking.orElseThrow()));
  }

  private Experiment experiment(
      String name,
      ExperimentFile file,
      AblationSettings settings,
      MatchedBudget.Matched matched,
      TrackingSettings tracking) {
    List<Variant> variants = matched.variants();
    List<String> notes = new ArrayList<>(file.notes());
    notes.addAll(matched.notes());
    notes.addAll(UnreachedStages.notes(file.given(), variants));
    notes.addAll(ComparedPictures.notes(variants, fusions));
    notes.addAll(IdleTests.notes(variants));
    return new Experiment(
        name,
        file.path().toString(),
        settings.question().orElse(""),
        settings.seeds(),
        settings.draws(),
        variants,
        settings.compare(),
        settings.among(),
        settings.claim().stream().map(Claim::parse).toList(),
        settings.workers(),
        file.overrides(),
        notes,
        sentenceTransformer(file.everything()),
        tracking);
  }

  /** Results lie in a folder of the file's name. */
  private static String name(ExperimentFile file) {
    String name = file.path().getFileName().toString().replaceFirst("\\.conf$", "");
    Experiment.requireFolder(name, file.path().toString());
    return name;
  }

  /** It scores rationales at the end, and is checked only there. */
  private static Optional<Path> sentenceTransformer(ConfigObject everything) {
    ConfigValue value = everything.get(SENTENCE_TRANSFORMER);
    return value.valueType() == ConfigValueType.NULL
        ? Optional.empty()
        : Optional.of(Path.of(String.valueOf(value.unwrapped())));
  }
}
