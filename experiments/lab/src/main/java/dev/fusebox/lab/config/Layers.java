package dev.fusebox.lab.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.Spelling;
import java.util.HashMap;
import java.util.Map;

/**
 * Lays one block of settings over another. A short form such as {@code features = detr} sets one
 * key of the block it stands for, a list of fusions its parts; naming a fusion, a model or data
 * anew drops what the lower layer said of the former one; another type of optimizer keeps what both
 * have.
 */
public final class Layers {

  /** Block by its key, and the key in it that a short form sets. */
  private static final Map<String, String> SHORT_FORMS =
      Map.of("features", "source", "fusion", "name");

  /** Block by its key, and where its short form is looked up. */
  private static final Map<String, String> PRESETS = Map.of("model", "models", "data", "datasets");

  /** Where {@code fusion = [concat, gated]} stands in the block it is short for. */
  public static final String PARTS = "parts";

  private static final String TRAINING = "training";
  private static final String OPTIMIZER = "optimizer";

  private static final ConfigObject NOTHING = ConfigFactory.empty().root();

  private final ConfigObject library;
  private final Problems problems;
  private final Map<String, Boolean> sayNothing = new HashMap<>();

  /**
   * Layers over defaults.
   *
   * @param library the resolved root, with {@code models} and {@code datasets} to choose from
   */
  public Layers(ConfigObject library, Problems problems) {
    this.library = library;
    this.problems = problems;
  }

  /** {@code upper} where it says something, else {@code lower}. */
  public ConfigObject over(ConfigObject lower, ConfigObject upper) {
    ConfigObject top = upper;
    ConfigObject ground = lower;
    for (Map.Entry<String, String> form : SHORT_FORMS.entrySet()) {
      String key = form.getKey();
      ConfigValue value = top.get(key);
      if (isText(value)) {
        ConfigValue inner = Places.asShortForm(value);
        top = top.withValue(key, inner.atKey(form.getValue()).root().withOrigin(value.origin()));
      }
      if (key.equals("fusion") && value instanceof ConfigList several) {
        top = top.withValue(key, several.atKey(PARTS).root().withOrigin(value.origin()));
      }
      if (key.equals("fusion")
          && (names(top.get(key), form.getValue()) || names(top.get(key), PARTS))) {
        ground = ground.withoutKey(key);
      }
    }
    for (Map.Entry<String, String> form : PRESETS.entrySet()) {
      ConfigValue value = top.get(form.getKey());
      if (isText(value)) {
        top = top.withValue(form.getKey(), preset(value, form.getKey(), form.getValue()));
        ground = ground.withoutKey(form.getKey());
      } else if (value instanceof ConfigObject block
          && sayNothing.computeIfAbsent(form.getKey(), key -> presetsSayNothing(form))) {
        top = top.withValue(form.getKey(), open(block));
      }
    }
    return top.withFallback(withoutFormerArguments(ground, top));
  }

  /**
   * {@code lower} without the optimizer arguments that the optimizer of {@code upper} does not
   * have.
   */
  private ConfigObject withoutFormerArguments(ConfigObject lower, ConfigObject upper) {
    if (!(optimizer(lower) instanceof ConfigObject former)
        || !(optimizer(upper) instanceof ConfigObject next)
        || !next.containsKey("type")) {
      return lower;
    }
    ConfigObject kept = former;
    for (String argument : arguments(former).keySet()) {
      kept = arguments(next).containsKey(argument) ? kept : kept.withoutKey(argument);
    }
    ConfigObject training = (ConfigObject) lower.get(TRAINING);
    return kept.equals(former)
        ? lower
        : lower.withValue(TRAINING, training.withValue(OPTIMIZER, kept));
  }

  private static ConfigValue optimizer(ConfigObject layer) {
    return layer.get(TRAINING) instanceof ConfigObject training ? training.get(OPTIMIZER) : null;
  }

  /** The arguments of the optimizer that a block names, with their defaults. */
  private ConfigObject arguments(ConfigObject optimizer) {
    ConfigValue type = optimizer.get("type");
    ConfigObject shelf = (ConfigObject) library.getOrDefault("optimizers", NOTHING);
    return type != null && shelf.get(type.unwrapped()) instanceof ConfigObject known
        ? known
        : NOTHING;
  }

  /** The layer, with defaults for the optimizer arguments it leaves out. */
  public ConfigObject withOptimizerDefaults(ConfigObject layer) {
    if (!(optimizer(layer) instanceof ConfigObject optimizer)) {
      return layer;
    }
    ConfigObject training = (ConfigObject) layer.get(TRAINING);
    return layer.withValue(
        TRAINING, training.withValue(OPTIMIZER, optimizer.withFallback(arguments(optimizer))));
  }

  /**
   * Whether every preset equals the defaults. A block that follows a name in the same file has
   * replaced that name; if so, nothing is lost by it.
   */
  private boolean presetsSayNothing(Map.Entry<String, String> form) {
    ConfigValue ground = defaults(form.getKey());
    ConfigObject known = (ConfigObject) library.getOrDefault(form.getValue(), NOTHING);
    return known.values().stream().allMatch(preset -> preset.withFallback(ground).equals(ground));
  }

  /**
   * The same keys in a block that HOCON merges again: one that replaced a name no longer falls
   * back.
   */
  private static ConfigObject open(ConfigObject block) {
    ConfigObject lines = NOTHING.withOrigin(block.origin());
    for (Map.Entry<String, ConfigValue> line : block.entrySet()) {
      lines = lines.withValue(line.getKey(), line.getValue());
    }
    return lines;
  }

  private static boolean isText(ConfigValue value) {
    return value != null && value.valueType() == ConfigValueType.STRING;
  }

  private static boolean names(ConfigValue value, String key) {
    return value instanceof ConfigObject object && object.containsKey(key);
  }

  private ConfigValue preset(ConfigValue name, String key, String shelf) {
    ConfigObject known = (ConfigObject) library.getOrDefault(shelf, NOTHING);
    Object found = known.get(name.unwrapped());
    ConfigValue ground = defaults(key);
    if (!(found instanceof ConfigObject block)) {
      String word = (String) name.unwrapped();
      problems.add(
          name.origin(),
          key + " = " + word,
          "no such "
              + key
              + Spelling.hint(word, known.keySet())
              + "; known: "
              + String.join(", ", KeyOrder.of(known)));
      return ground;
    }
    return block.withFallback(ground);
  }

  /** The block's keys that a preset does not set. */
  private ConfigValue defaults(String key) {
    ConfigObject all = (ConfigObject) library.get("defaults");
    return all.get(key);
  }
}
