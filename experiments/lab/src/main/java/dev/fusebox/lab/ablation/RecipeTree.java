package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.lab.config.Layers;
import dev.fusebox.training.recipe.Recipe;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Fills the tree of a recipe: stages take what they do not say from the experiment. */
final class RecipeTree {

  /** The keys of a recipe. */
  static final List<String> KEYS =
      Arrays.stream(Recipe.class.getRecordComponents()).map(RecordComponent::getName).toList();

  /** What a stage takes from the experiment unless it says otherwise. */
  static final List<String> SHARED =
      List.of("features", "control", "fusion", "model", "training", "decoding");

  private final ConfigObject library;
  private final Layers layers;

  RecipeTree(ConfigObject library, Layers layers) {
    this.library = library;
    this.layers = layers;
  }

  /** A recipe's keys of a layer; the others are checked elsewhere. */
  ConfigObject only(ConfigObject layer) {
    ConfigObject result = layer;
    for (String key : layer.keySet()) {
      if (!KEYS.contains(key)) {
        result = result.withoutKey(key);
      }
    }
    return result;
  }

  /**
   * The tree with its stages, its pretraining and the defaults of fusions, optimizers and tunings
   * filled in.
   */
  ConfigObject complete(ConfigObject tree) {
    ConfigObject shared = tree;
    for (String key : tree.keySet()) {
      shared = SHARED.contains(key) ? shared : shared.withoutKey(key);
    }
    ConfigObject result = withDefaults(tree);
    if (tree.get("pipeline") instanceof ConfigObject pipeline) {
      result = result.withValue("pipeline", stages(pipeline, shared));
    }
    if (tree.get("pretraining") instanceof ConfigObject pretraining) {
      result = result.withValue("pretraining", pretraining(pretraining, tree));
    }
    return result;
  }

  private ConfigObject stages(ConfigObject pipeline, ConfigObject shared) {
    ConfigObject ground = shared.withFallback(library.get("stageDefaults"));
    ConfigObject result = pipeline;
    for (String name : pipeline.keySet()) {
      ConfigValue stage = pipeline.get(name);
      if (stage.valueType() == ConfigValueType.NULL) {
        result = result.withoutKey(name);
      } else if (stage instanceof ConfigObject lines) {
        ConfigObject whole = withDefaults(layers.over(ground, lines));
        result = result.withValue(name, whole.withOrigin(lines.origin()));
      }
    }
    return result;
  }

  private ConfigObject pretraining(ConfigObject lines, ConfigObject tree) {
    ConfigObject defaults = (ConfigObject) library.get("defaults");
    ConfigObject ground =
        ((ConfigObject) library.get("pretrainingDefaults"))
            .withValue("training", defaults.get("training"))
            .withValue("model", whole(tree.get("model")));
    ConfigObject own = lines.containsKey("objectives") ? ground.withoutKey("objectives") : ground;
    return layers.withDefaultsOfChoices(layers.over(own, lines));
  }

  /** A pretraining teaches the whole model, however the stages after it are tuned. */
  private ConfigValue whole(ConfigValue model) {
    ConfigObject defaults = (ConfigObject) library.get("defaults");
    return model instanceof ConfigObject block
            && defaults.get("model") instanceof ConfigObject ground
        ? block
            .withValue("tune", ground.get("tune"))
            .withValue("frozenWeights", ground.get("frozenWeights"))
        : model;
  }

  private ConfigObject withDefaults(ConfigObject tree) {
    return layers.withDefaultsOfChoices(withFusionDefaults(tree));
  }

  private ConfigObject withFusionDefaults(ConfigObject tree) {
    if (!(tree.get("fusion") instanceof ConfigObject fusion)) {
      return tree;
    }
    return tree.withValue(
        "fusion",
        FusionReader.parts(fusion)
            .<ConfigValue>map(parts -> fusion.withValue(Layers.PARTS, filled(parts)))
            .orElseGet(() -> filled(fusion)));
  }

  private ConfigValue filled(ConfigList fusions) {
    List<ConfigValue> filled = fusions.stream().map(this::filled).toList();
    return ConfigValueFactory.fromIterable(filled).withOrigin(fusions.origin());
  }

  /** A fusion, or its name alone, as a block with its defaults. */
  private ConfigValue filled(ConfigValue fusion) {
    ConfigValue block =
        fusion.valueType() == ConfigValueType.STRING
            ? fusion.atKey("name").root().withOrigin(fusion.origin())
            : fusion;
    if (!(block instanceof ConfigObject named) || !named.containsKey("name")) {
      return block;
    }
    ConfigObject shelf = (ConfigObject) library.get("fusions");
    return shelf.get(named.get("name").unwrapped()) instanceof ConfigObject own
        ? named.withFallback(own.withoutKey("type"))
        : block;
  }
}
