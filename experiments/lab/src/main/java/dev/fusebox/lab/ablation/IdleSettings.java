package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.fusebox.fusion.Need;
import dev.fusebox.fusion.Setting;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.ConfigKeys;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.StageSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses settings of a fusion that have no effect on the data there are: two variants that differ
 * in nothing else would be the same.
 *
 * @param brought what is shown of the data
 * @param defaults {@code fusions} as every {@code reference.conf} has it
 * @param binder takes the problems
 */
record IdleSettings(Set<Need> brought, ConfigObject defaults, Binder binder) {

  /**
   * Those of a stage; whether its data have several pictures indeed is told when they are opened.
   */
  IdleSettings(StageSettings stage, ConfigObject defaults, Binder binder) {
    this(
        stage.features().pictures().several() || stage.seesPicturesOfShots()
            ? Set.of(Need.SEVERAL_PICTURES)
            : Set.of(),
        defaults,
        binder);
  }

  /**
   * Notes each setting that is not at its default though the data lack what it needs.
   *
   * @param fusion as it was bound
   * @param block the settings as they are written
   * @param key the full key of {@code block}
   */
  void refuse(FusionSettings fusion, ConfigObject block, String key) {
    if (defaults.get(fusion.name()) instanceof ConfigObject own) {
      compare(fusion.settings().getClass(), block, own, key);
    }
  }

  private void compare(Class<?> type, ConfigObject block, ConfigObject own, String key) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      ConfigValue found = block.get(name);
      ConfigValue idle = own.get(name);
      if (found instanceof ConfigObject inner && idle instanceof ConfigObject innerOwn) {
        compare(component.getType(), inner, innerOwn, ConfigKeys.join(key, name));
      } else if (found != null && idle != null && !found.equals(idle)) {
        missing(component).ifPresent(need -> refuse(found, ConfigKeys.join(key, name), need, idle));
      }
    }
  }

  private Optional<Need> missing(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    return setting == null
        ? Optional.empty()
        : Arrays.stream(setting.needs()).filter(need -> !brought.contains(need)).findFirst();
  }

  private void refuse(ConfigValue found, String key, Need need, ConfigValue idle) {
    binder.problem(
        found,
        key,
        "has no effect unless %s: set features.pictures = all if the data have several for a question, or add shots, which bring theirs; or leave it at %s"
            .formatted(need.condition(), idle.unwrapped()));
  }
}
