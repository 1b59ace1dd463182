package dev.fusebox.lab.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.Spelling;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lays one block of settings over another. A short form such as {@code features = detr} sets one
 * key of the block it stands for, a list of fusions its parts; naming a fusion, a model or data
 * anew drops what the lower layer said of the former one, and naming a source of features its files
 * and backbone; another type of optimizer, or method of tuning, keeps what both have.
 */
public final class Layers {

  private static final String FEATURES = "features";

  /** Block by its key, and the key in it that a short form sets. */
  private static final Map<String, String> SHORT_FORMS =
      Map.of(FEATURES, "source", "fusion", "name", "shots", "count");

  /** Block by its key, and where its short form is looked up. */
  private static final Map<String, String> PRESETS = Map.of("model", "models", "data", "datasets");

  /**
   * A block whose keys depend on what is chosen in it.
   *
   * @param outer the block around it
   * @param key its own
   * @param by the key in it that chooses
   * @param shelf where the arguments of each choice stand with their defaults
   */
  private record Choice(String outer, String key, String by, String shelf) {}

  private static final List<Choice> CHOICES =
      List.of(
          new Choice("training", "optimizer", "type", "optimizers"),
          new Choice("model", "tune", "method", "tunings"));

  /** Where {@code fusion = [concat, gated]} stands in the block it is short for. */
  public static final String PARTS = "parts";

  private static final ConfigObject NOTHING = ConfigFactory.empty().root();

  private final ConfigObject library;
  private final Problems problems;
  private final Map<String, Boolean> sayNothing = new ConcurrentHashMap<>();

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
      if (isText(value)
          || (key.equals(FEATURES) && isList(value))
          || (key.equals("shots") && isNumber(value))) {
        ConfigValue inner = ConfigOrigins.asShortForm(value);
        top = top.withValue(key, inner.atKey(form.getValue()).root().withOrigin(value.origin()));
      }
      if (value instanceof ConfigObject block && hidesWhatIsBelow(block)) {
        top = top.withValue(key, opened(block, form));
      }
      if (key.equals("fusion") && value instanceof ConfigList several) {
        top = top.withValue(key, several.atKey(PARTS).root().withOrigin(value.origin()));
      }
      if (key.equals("fusion")
          && (names(top.get(key), form.getValue()) || names(top.get(key), PARTS))) {
        ground = ground.withoutKey(key);
      }
    }
    return overFeatures(ground, top);
  }

  private ConfigObject overFeatures(ConfigObject lower, ConfigObject upper) {
    if (!(upper.get(FEATURES) instanceof ConfigObject features)) {
      return overPresets(lower, upper);
    }
    ConfigObject next = FeatureLayers.spelledOut(features);
    ConfigObject ground =
        lower.get(FEATURES) instanceof ConfigObject former
            ? lower.withValue(FEATURES, FeatureLayers.below(former, next))
            : lower;
    return overPresets(ground, upper.withValue(FEATURES, next));
  }

  private ConfigObject overPresets(ConfigObject lower, ConfigObject upper) {
    ConfigObject top = upper;
    ConfigObject ground = lower;
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

  /** {@code lower} without the arguments that what {@code upper} chooses does not have. */
  private ConfigObject withoutFormerArguments(ConfigObject lower, ConfigObject upper) {
    ConfigObject result = lower;
    for (Choice choice : CHOICES) {
      if (block(lower, choice) instanceof ConfigObject former
          && block(upper, choice) instanceof ConfigObject next
          && next.containsKey(choice.by())) {
        ConfigObject kept = former;
        for (String argument : arguments(former, choice).keySet()) {
          kept = arguments(next, choice).containsKey(argument) ? kept : kept.withoutKey(argument);
        }
        result = kept.equals(former) ? result : with(result, choice, kept);
      }
    }
    return result;
  }

  private static ConfigValue block(ConfigObject layer, Choice choice) {
    return layer.get(choice.outer()) instanceof ConfigObject outer ? outer.get(choice.key()) : null;
  }

  private static ConfigObject with(ConfigObject layer, Choice choice, ConfigObject block) {
    ConfigObject outer = (ConfigObject) layer.get(choice.outer());
    return layer.withValue(choice.outer(), outer.withValue(choice.key(), block));
  }

  /** The arguments of what a block chooses, with their defaults. */
  private ConfigObject arguments(ConfigObject block, Choice choice) {
    ConfigValue chosen = block.get(choice.by());
    ConfigObject shelf = (ConfigObject) library.getOrDefault(choice.shelf(), NOTHING);
    return chosen != null && shelf.get(chosen.unwrapped()) instanceof ConfigObject known
        ? known
        : NOTHING;
  }

  /** The layer, with defaults for the arguments that it leaves out of what it chooses. */
  public ConfigObject withDefaultsOfChoices(ConfigObject layer) {
    ConfigObject result = layer;
    for (Choice choice : CHOICES) {
      if (block(layer, choice) instanceof ConfigObject block) {
        result = with(result, choice, block.withFallback(arguments(block, choice)));
      }
    }
    return result;
  }

  /**
   * A block that replaced a short form in the same file, which HOCON does not merge with it: what
   * the short form said has to be said again.
   */
  private ConfigObject opened(ConfigObject block, Map.Entry<String, String> form) {
    if (!names(block, form.getValue()) && !names(block, PARTS)) {
      problems.add(
          block.origin(),
          form.getKey(),
          "in HOCON this replaces the %s = … that stood before it in the same file or one that it includes; say %s = … here, too"
              .formatted(form.getKey(), form.getKey() + "." + form.getValue()));
    }
    return open(block);
  }

  /** Whether HOCON merges it with nothing any more: a text stood there before. */
  private static boolean hidesWhatIsBelow(ConfigObject block) {
    String probe = "what is below";
    return !block.withFallback(ConfigValueFactory.fromAnyRef(true).atKey(probe)).containsKey(probe);
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

  private static boolean isList(ConfigValue value) {
    return value != null && value.valueType() == ConfigValueType.LIST;
  }

  private static boolean isNumber(ConfigValue value) {
    return value != null && value.valueType() == ConfigValueType.NUMBER;
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
