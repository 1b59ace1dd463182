package dev.fusebox.lab.plan;

import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Shapes;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.FreshModel;
import dev.fusebox.training.model.FrozenNames;
import dev.fusebox.training.model.ModelOutline;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Whether the patterns of {@code model.frozen} stand for parameters, told before the model is
 * loaded. The engine is started only for a pattern that none of T5's own names fits.
 */
public final class FrozenFit {

  private final OpenedFiles opened;
  private final FusionCatalogue fusions;

  FrozenFit(OpenedFiles opened, FusionCatalogue fusions) {
    this.opened = opened;
    this.fusions = fusions;
  }

  /**
   * Checks the patterns of a stage. One that may be of a fusion passes where the stage has none:
   * its variants share the setting.
   *
   * @param start what the stage's model begins as, its own settings or those of its pretraining
   * @param root the data, if they are there yet
   * @throws UserError that names the pattern and the nearest names
   */
  void check(StageSettings stage, ModelSettings start, Optional<Path> root) throws IOException {
    List<FrozenNames> patterns = stage.model().frozen().stream().map(FrozenNames::new).toList();
    if (patterns.isEmpty()) {
      return;
    }
    T5Config config = config(start);
    Set<String> names = T5Shapes.names(config);
    List<FrozenNames> unmet = patterns.stream().filter(each -> !each.matchesAny(names)).toList();
    boolean known = root.isPresent() || !looks(stage);
    if (!unmet.isEmpty() && known) {
      refuse(unmet, outline(stage, config, root).names(fusions), looks(stage));
    } else if (stage.model().tune() instanceof Tuning.All) {
      refuse(unmet, names, false);
    }
  }

  /**
   * Checks that each pattern that no T5 has may be a fusion's in at least one of the variants that
   * share it.
   *
   * @param recipes all, planned or not: of a checkpoint that is not there nothing is asked
   * @throws UserError that names the pattern and the nearest names
   */
  public static void requireUse(List<Recipe> recipes) throws IOException {
    Map<FrozenNames, Set<String>> unmet = new LinkedHashMap<>();
    Set<FrozenNames> met = new HashSet<>();
    for (Recipe recipe : recipes) {
      for (StageSettings stage : recipe.pipeline().values()) {
        for (String given : stage.model().frozen()) {
          FrozenNames pattern = new FrozenNames(given);
          if (mayHaveMore(stage)) {
            met.add(pattern);
          } else {
            unmet.put(pattern, T5Shapes.names(config(stage.model())));
          }
        }
      }
    }
    unmet.keySet().removeAll(met);
    unmet.entrySet().removeIf(each -> each.getKey().matchesAny(each.getValue()));
    for (Map.Entry<FrozenNames, Set<String>> each : unmet.entrySet()) {
      throw new UserError(
          each.getKey().misfit(each.getValue()) + ". No variant has a fusion that could have it");
    }
  }

  private static boolean mayHaveMore(StageSettings stage) {
    Optional<Path> checkpoint = stage.model().checkpoint();
    return looks(stage)
        || !(stage.model().tune() instanceof Tuning.All)
        || checkpoint.filter(each -> !Files.exists(each.resolve(Checkpoint.CONFIG))).isPresent();
  }

  private static void refuse(List<FrozenNames> patterns, Set<String> names, boolean all) {
    for (FrozenNames pattern : patterns) {
      if (!pattern.matchesAny(names) && (all || pattern.isOfT5())) {
        throw new UserError(pattern.misfit(names));
      }
    }
  }

  private static boolean looks(StageSettings stage) {
    return stage.seesPictures() && !stage.fusion().isNone();
  }

  private ModelOutline outline(StageSettings stage, T5Config config, Optional<Path> root)
      throws IOException {
    OptionalInt width =
        looks(stage)
            ? OptionalInt.of(opened.pictureWidth(root.orElseThrow(), stage.features()))
            : OptionalInt.empty();
    return new ModelOutline(config, stage.model().tune(), stage.fusion(), width);
  }

  /** Names do not depend on how many tokens there are. */
  private static T5Config config(ModelSettings model) throws IOException {
    return model.checkpoint().isPresent()
        ? T5Config.read(model.checkpoint().get().resolve(Checkpoint.CONFIG))
        : FreshModel.config(model.shape(), 1, 0);
  }
}
