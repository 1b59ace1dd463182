package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.fusebox.file.Spelling;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.ConfigKeys;
import dev.fusebox.lab.config.KeyOrder;
import dev.fusebox.lab.config.Layers;
import dev.fusebox.lab.config.Reader;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code fusion { name = ..., its own settings }}, or several in {@code fusion { parts =
 * [...] }}, whose defaults are filled in.
 *
 * @param fusions those that may be named
 */
public record FusionReader(FusionCatalogue fusions) implements Reader<FusionSettings> {

  @Override
  public Optional<FusionSettings> read(ConfigValue value, String key, Binder binder) {
    return value instanceof ConfigObject block && parts(block).isPresent()
        ? several(block, key, binder)
        : one(value, key, binder);
  }

  /** The fusions of a block that is several; one with a name has settings, whatever they are. */
  static Optional<ConfigList> parts(ConfigObject block) {
    return !block.containsKey("name") && block.get(Layers.PARTS) instanceof ConfigList list
        ? Optional.of(list)
        : Optional.empty();
  }

  private Optional<FusionSettings> several(ConfigObject block, String key, Binder binder) {
    for (String other : KeyOrder.of(block.withoutKey(Layers.PARTS))) {
      binder.problem(
          block.get(other),
          ConfigKeys.join(key, other),
          "several fusions share no setting; set it on one of them: %s = [..., { name = ..., %s = %s }]"
              .formatted(key, other, block.get(other).unwrapped()));
    }
    ConfigList list = (ConfigList) block.get(Layers.PARTS);
    List<FusionSettings> parts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      one(list.get(i), part(key, i), binder).ifPresent(parts::add);
    }
    return parts.size() == list.size() && block.size() == 1
        ? joined(parts, list, key, binder)
        : Optional.empty();
  }

  /** What stands at that place of a list of fusions, as people write it. */
  static String part(String key, int index) {
    return key + "[" + index + "]";
  }

  private Optional<FusionSettings> joined(
      List<FusionSettings> parts, ConfigList list, String key, Binder binder) {
    try {
      FusionSettings joined = FusionSettings.several(parts);
      Optional<String> conflict = fusions.conflict(joined.parts());
      conflict.ifPresent(reason -> binder.problem(list, key, reason));
      return conflict.isPresent() ? Optional.empty() : Optional.of(joined);
    } catch (IllegalArgumentException rule) {
      binder.problem(list, key, rule.getMessage());
      return Optional.empty();
    }
  }

  private Optional<FusionSettings> one(ConfigValue value, String key, Binder binder) {
    if (!(value instanceof ConfigObject object) || !object.containsKey("name")) {
      binder.problem(
          value, key, "expected a name, a block with one, or a list of them; known: " + known());
      return Optional.empty();
    }
    ConfigValue name = object.get("name");
    ConfigObject rest = object.withoutKey("name");
    if (FusionSettings.NONE.name().equals(name.unwrapped())) {
      return binder.bind(rest, key, FusionSettings.None.class).map(none -> FusionSettings.NONE);
    }
    FusionProvider<?> provider = fusions.providers().get(String.valueOf(name.unwrapped()));
    if (provider == null) {
      String hint = Spelling.hint(String.valueOf(name.unwrapped()), fusions.names());
      binder.problem(name, key + ".name", "no such fusion" + hint + "; known: " + known());
      return Optional.empty();
    }
    return binder
        .bind(rest, key, provider.configType())
        .map(settings -> new FusionSettings(provider.name(), (Record) settings));
  }

  private String known() {
    return String.join(", ", fusions.names());
  }
}
