package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.ConfigKeys;
import dev.fusebox.lab.config.KeyOrder;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.training.recipe.StageSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the names that a person gives to variants and stages, before what they name is read: a
 * name in which a dot stands without quotes looks like a block of another name.
 *
 * @param problems takes what is wrong
 * @param binder tells unknown keys
 */
record NameCheck(Problems problems, Binder binder) {

  private static final Set<String> STAGE_KEYS =
      Arrays.stream(StageSettings.class.getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

  /** Whether a variant can be read under its name; its unknown keys are noted on the way. */
  boolean variant(String name, ConfigObject lines) {
    if (!Names.allowed(name)) {
      problems.add(lines.origin(), ConfigKeys.join("ablation.variants", name), Names.RULE);
    }
    if (RecipeTree.KEYS.containsAll(lines.keySet())) {
      return true;
    }
    boolean dotted = false;
    for (String key : KeyOrder.of(lines)) {
      if (!RecipeTree.KEYS.contains(key)) {
        dotted |= unknown("ablation.variants", name, lines.get(key), key, RecipeTree.KEYS);
      }
    }
    return !dotted;
  }

  /**
   * Notes an unknown key. A dot in a name that stands without quotes makes two keys of it: told so,
   * with the name as it was meant.
   *
   * @return whether it is such a name
   */
  private boolean unknown(
      String parent, String name, ConfigValue value, String key, Collection<String> known) {
    Optional<String> meant = Names.withDots(name, key, value, known);
    if (meant.isPresent()) {
      problems.add(
          value.origin(),
          parent + "." + meant.get(),
          "a name with a dot stands in quotes: \"" + meant.get() + "\"");
    } else {
      binder.unknownKey(value.origin(), "", key, known);
    }
    return meant.isPresent();
  }

  /** Whether every stage of a recipe can be read under its name. */
  boolean stages(ConfigObject tree) {
    boolean all = true;
    if (tree.get("pipeline") instanceof ConfigObject pipeline) {
      for (String name : KeyOrder.of(pipeline)) {
        if (!Names.allowed(name)) {
          problems.add(pipeline.get(name).origin(), ConfigKeys.join("pipeline", name), Names.RULE);
          all = false;
        } else if (pipeline.get(name) instanceof ConfigObject stage) {
          all &= !hasDottedName(name, stage);
        }
      }
    }
    return all;
  }

  private boolean hasDottedName(String name, ConfigObject stage) {
    if (STAGE_KEYS.containsAll(stage.keySet())) {
      return false;
    }
    for (String key : KeyOrder.of(stage)) {
      if (!STAGE_KEYS.contains(key)
          && Names.withDots(name, key, stage.get(key), STAGE_KEYS).isPresent()) {
        return unknown("pipeline", name, stage.get(key), key, STAGE_KEYS);
      }
    }
    return false;
  }
}
