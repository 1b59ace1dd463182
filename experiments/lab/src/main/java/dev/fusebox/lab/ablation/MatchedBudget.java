package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.ModelShape;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes variants equal in a budget, part by part of their pipelines: the variant that spends most
 * says how much, the others get as much, within {@value #TOLERANCE} of it. What is chosen becomes a
 * line of the variant's config and a note.
 */
final class MatchedBudget {

  private static final double TOLERANCE = 0.02;

  private final Budget budget;
  private final Binder binder;
  private final StageCosts costs;
  private final List<String> notes = new ArrayList<>();

  private MatchedBudget(Budget budget, Binder binder, StageCosts costs) {
    this.budget = budget;
    this.binder = binder;
    this.costs = costs;
  }

  /**
   * The variants that came out of it.
   *
   * @param notes what was chosen, a line each
   */
  record Matched(List<Variant> variants, List<String> notes) {}

  /**
   * Matches.
   *
   * @throws UserError if a variant cannot be brought there
   */
  static Matched of(List<Variant> variants, Budget budget, FusionCatalogue fusions, Binder binder) {
    try (StageCosts costs = new StageCosts(fusions, binder)) {
      MatchedBudget matching = new MatchedBudget(budget, binder, costs);
      return new Matched(matching.matched(variants), matching.notes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Variant> matched(List<Variant> variants) throws IOException {
    Set<String> parts = new LinkedHashSet<>();
    variants.forEach(variant -> parts.addAll(variant.recipe().pipeline().keySet()));
    List<Variant> matched = variants;
    for (String part : parts) {
      matched = matched(matched, part);
    }
    return matched;
  }

  /** Those that have no such part stay as they are. */
  private List<Variant> matched(List<Variant> variants, String part) throws IOException {
    Map<Variant, Double> spent = new LinkedHashMap<>();
    for (Variant variant : variants) {
      if (variant.recipe().pipeline().containsKey(part)) {
        spent.put(variant, spent(variant, part));
      }
    }
    double most = spent.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    List<Variant> matched = new ArrayList<>();
    for (Variant variant : variants) {
      Optional<Change> change =
          Optional.ofNullable(spent.get(variant)).map(each -> change(variant, part, each, most));
      matched.add(change.map(each -> applied(variant, part, each, most)).orElse(variant));
    }
    return matched;
  }

  private double spent(Variant variant, String part) throws IOException {
    return switch (budget) {
      case PARAMETERS -> costs.numbers(variant, part);
      case STEPS -> steps(variant, part);
      case TIME -> steps(variant, part) * costs.operationsOfStep(variant, part);
    };
  }

  private double steps(Variant variant, String part) {
    return stage(variant, part)
        .training()
        .steps()
        .orElseThrow(
            () ->
                new UserError(
                    "ablation.budget = %s needs training.steps rather than epochs, which stage %s of %s has not"
                        .formatted(word(budget.name()), part, variant.name())));
  }

  private Variant applied(Variant variant, String part, Change change, double most) {
    if (change.before() == change.after()) {
      return variant;
    }
    if (Math.abs(change.spends() / most - 1) > TOLERANCE) {
      throw new UserError(cannotSpend(variant, part, change, most));
    }
    notes.add(spends(variant, part, change, most));
    return with(variant, "pipeline.\"" + part + "\"." + change.key(), change.after());
  }

  private String cannotSpend(Variant variant, String part, Change change, double most) {
    return String.format(
        Locale.ROOT,
        "ablation.budget = %s: %s of %s cannot spend %,.0f %s as the largest does; the nearest is %,.0f, with %s = %d",
        word(budget.name()),
        part,
        variant.name(),
        most,
        budget.unit(),
        change.spends(),
        change.key(),
        change.after());
  }

  private String spends(Variant variant, String part, Change change, double most) {
    return String.format(
        Locale.ROOT,
        "budget = %s: %s of %s has %s = %d, not %d: %,.0f %s, the most being %,.0f",
        word(budget.name()),
        part,
        variant.name(),
        change.key(),
        change.after(),
        change.before(),
        change.spends(),
        budget.unit(),
        most);
  }

  private Variant with(Variant variant, String path, int value) {
    ConfigObject tree =
        variant
            .tree()
            .toConfig()
            .withValue(path, ConfigValueFactory.fromAnyRef(value, "ablation.budget"))
            .root();
    return new Variant(
        variant.name(), binder.bind(tree, "", Recipe.class).orElse(variant.recipe()), tree);
  }

  /**
   * Another value of a setting.
   *
   * @param spends what the stage spends then
   */
  private record Change(String key, int before, int after, double spends) {}

  private Change change(Variant variant, String part, double spent, double most) {
    return budget == Budget.PARAMETERS
        ? width(variant, part, spent, most)
        : steps(variant, part, spent, most);
  }

  private Change steps(Variant variant, String part, double spent, double most) {
    double before = steps(variant, part);
    int after = (int) Math.round(before * most / spent);
    return new Change("training.steps", (int) before, after, spent * after / before);
  }

  private Change width(Variant variant, String part, double spent, double most) {
    StageSettings stage = stage(variant, part);
    ModelShape shape = stage.model().shape();
    double unit =
        (shape.gated() ? 3.0 : 2.0)
            * shape.width()
            * (shape.encoderLayers() + shape.decoderLayers());
    int wider = (int) Math.round((most - spent) / unit);
    if (wider > 0) {
      requireFresh(variant, part);
    }
    int before = shape.feedForward();
    return new Change("model.shape.feedForward", before, before + wider, spent + wider * unit);
  }

  private static void requireFresh(Variant variant, String part) {
    StageSettings stage = stage(variant, part);
    boolean pretrained =
        variant.recipe().pretraining().isPresent()
            && stage.start() == StageSettings.Start.PRETRAINING;
    if (stage.model().checkpoint().isPresent() || pretrained) {
      throw new UserError(
          "ablation.budget = parameters widens models that start from fresh weights, and stage %s of %s starts from a %s: let it be the same in all variants, or start = model"
              .formatted(part, variant.name(), pretrained ? "pretraining" : "checkpoint"));
    }
  }

  private static StageSettings stage(Variant variant, String part) {
    return variant.recipe().pipeline().get(part);
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT);
  }
}
