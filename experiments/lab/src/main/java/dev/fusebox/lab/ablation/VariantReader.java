package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.ConfigKeys;
import dev.fusebox.lab.config.Layers;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads variants: the defaults, the file over them, a variant's own lines over that, the command
 * line over everything.
 */
final class VariantReader {

  private final ConfigObject defaults;
  private final ConfigObject own;
  private final ConfigObject given;
  private final FusionCatalogue fusions;
  private final Binder binder;
  private final Layers layers;
  private final RecipeTree trees;
  private final NameCheck names;
  private final ConfigObject fusionDefaults;

  VariantReader(ExperimentFile file, FusionCatalogue fusions, Problems problems, Binder binder) {
    this.fusions = fusions;
    this.binder = binder;
    this.layers = new Layers(file.everything(), problems);
    this.trees = new RecipeTree(file.everything(), layers);
    this.names = new NameCheck(problems, binder);
    this.fusionDefaults = (ConfigObject) file.defaults().get("fusions");
    this.defaults = (ConfigObject) file.defaults().get("defaults");
    this.own = trees.only(file.own());
    this.given = trees.only(file.given());
  }

  /** The variant, or empty if a problem with it was noted. */
  Optional<Variant> read(String name, ConfigObject lines) {
    binder.forgetFormer();
    if (!names.variant(name, lines)) {
      return Optional.empty();
    }
    ConfigObject complete = resolved(lines);
    if (!names.stages(complete)) {
      return Optional.empty();
    }
    Optional<Recipe> recipe = binder.bind(complete, "", Recipe.class);
    recipe.ifPresent(read -> checkFusions(read, complete));
    recipe.ifPresent(read -> checkPretraining(read, complete));
    return recipe.map(read -> new Variant(name, read, () -> resolved(lines)));
  }

  private ConfigObject resolved(ConfigObject lines) {
    ConfigObject tree = defaults;
    for (ConfigObject layer : List.of(own, trees.only(lines), given)) {
      tree = layers.over(tree, layer);
    }
    return trees.complete(tree);
  }

  /** What a fusion alone learns from is of no use to a stage whose fusion compares nothing. */
  private void checkPretraining(Recipe recipe, ConfigObject complete) {
    for (PretrainingSettings pretraining : recipe.pretraining().stream().toList()) {
      for (Map.Entry<String, StageSettings> stage : recipe.pipeline().entrySet()) {
        if (pretraining.learnsByComparing() && cannotCompare(stage.getValue(), pretraining)) {
          binder.problem(
              ((ConfigObject) complete.get("pretraining")).get("objectives"),
              "pretraining.objectives",
              "pairs is learnt by a fusion that compares texts with pictures, and stage "
                  + stage.getKey()
                  + ", which starts from it, has none: name one beside it, or say start = model");
        }
      }
    }
  }

  private boolean cannotCompare(StageSettings stage, PretrainingSettings pretraining) {
    boolean compares =
        stage.seesPictures()
            && stage.fusion().parts().stream()
                .anyMatch(part -> fusions.comparesTextAndPicture(part).isPresent());
    return stage.start() == StageSettings.Start.PRETRAINING
        && !compares
        && (stage.seesPictures() || pretraining.practised(false).isEmpty());
  }

  private void checkFusions(Recipe recipe, ConfigObject complete) {
    ConfigObject pipeline = (ConfigObject) complete.get("pipeline");
    recipe
        .pipeline()
        .forEach(
            (name, stage) -> {
              ConfigObject block = (ConfigObject) ((ConfigObject) pipeline.get(name)).get("fusion");
              boolean shared = block.equals(complete.get("fusion"));
              String key = shared ? "fusion" : ConfigKeys.join("pipeline", name) + ".fusion";
              checkFusion(stage, block, key);
            });
  }

  private void checkFusion(StageSettings stage, ConfigObject block, String key) {
    List<FusionSettings> parts = stage.fusion().parts();
    Optional<ConfigList> blocks = FusionReader.parts(block);
    for (int i = 0; i < parts.size(); i++) {
      if (blocks.isPresent()) {
        ConfigObject own = (ConfigObject) blocks.get().get(i);
        checkPart(stage, parts.get(i), own, FusionReader.part(key, i));
      } else {
        checkPart(stage, parts.get(i), block, key);
      }
    }
  }

  private void checkPart(
      StageSettings stage, FusionSettings fusion, ConfigObject block, String key) {
    FusionFit.misfit(stage, fusion, fusions).ifPresent(rule -> binder.brokenRule(rule, block, key));
    new IdleSettings(stage, fusionDefaults, binder).refuse(fusion, block, key);
  }
}
