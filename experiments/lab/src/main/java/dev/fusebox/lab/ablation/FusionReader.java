package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.fusebox.file.Spelling;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.Reader;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import java.util.Optional;

/**
 * Reads {@code fusion { name = ..., its own settings }} whose defaults are filled in.
 *
 * @param fusions those that may be named
 */
public record FusionReader(FusionCatalogue fusions) implements Reader<FusionSettings> {

  @Override
  public Optional<FusionSettings> read(ConfigValue value, String key, Binder binder) {
    if (!(value instanceof ConfigObject object) || !object.containsKey("name")) {
      binder.problem(value, key, "expected a name, or a block with one; known: " + known());
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
