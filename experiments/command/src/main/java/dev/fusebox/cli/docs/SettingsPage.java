package dev.fusebox.cli.docs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import dev.fusebox.file.TypeName;
import dev.fusebox.lab.ablation.SettingRecords;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every setting as a table: its key and type from the records that a config is bound to, its
 * default and meaning from {@code reference.conf}.
 */
final class SettingsPage {

  private static final String NAME = "NAME";

  /** Where the arguments of a sealed choice have their defaults. */
  private static final Map<String, String> CHOICES =
      Map.of("Optimizer", "optimizers", "Tuning", "tunings");

  private final Config reference;
  private final Map<String, String> notes;
  private final StringBuilder text = new StringBuilder();

  private SettingsPage(String reference, Config parsed) {
    this.reference = parsed;
    this.notes = SettingNotes.of(reference);
  }

  /** The tables as Markdown, a section for each block. */
  static String of(String reference, Config parsed) {
    SettingsPage page = new SettingsPage(reference, parsed);
    SettingRecords.roots().forEach(page::section);
    return page.text.toString();
  }

  private void section(String key, SettingRecords.Root root) {
    text.append("\n## ").append(key.isEmpty() ? "In every config" : key).append("\n\n");
    text.append("| key | type | default | meaning |\n|---|---|---|---|\n");
    for (RecordComponent component : root.type().getRecordComponents()) {
      if (!root.without().contains(component.getName())) {
        String name = component.getName();
        rows(join(key, name), join(root.defaults(), name), component.getGenericType());
      }
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void rows(String key, String place, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      Class<?> outer = (Class<?>) generic.getRawType();
      if (outer == Optional.class) {
        rows(key, place, inner);
      } else if (outer == Map.class) {
        row(key, "a block: " + NAME + " = " + words(inner), place);
        blocks(key + "." + NAME, place + "." + NAME, inner);
      } else {
        row(key, "list of " + words(inner), place);
      }
      return;
    }
    row(key, words(type), place);
    blocks(key, place, type);
  }

  /** The keys of a block; nothing for what is written as one value. */
  private void blocks(String key, String place, Type type) {
    if (!(type instanceof Class<?> block) || SettingRecords.isOneValue(block)) {
      return;
    }
    if (block.isSealed() && !block.isEnum()) {
      choices(key, block);
    } else if (block.isRecord()) {
      for (RecordComponent component : block.getRecordComponents()) {
        String name = component.getName();
        rows(join(key, name), join(place, name), component.getGenericType());
      }
    }
  }

  /** The arguments of all that may be chosen, each with those that have it. */
  private void choices(String key, Class<?> sealed) {
    Map<String, Class<?>> known = TypeName.all(sealed);
    row(key + "." + TypeName.key(sealed), String.join(", ", known.keySet()), "");
    Map<String, Type> types = new LinkedHashMap<>();
    Map<String, Map<String, String>> defaults = new LinkedHashMap<>();
    known.forEach(
        (name, record) -> {
          for (RecordComponent argument : record.getRecordComponents()) {
            types.putIfAbsent(argument.getName(), argument.getGenericType());
            defaults
                .computeIfAbsent(argument.getName(), any -> new LinkedHashMap<>())
                .put(name, CHOICES.getOrDefault(sealed.getSimpleName(), "") + "." + name);
          }
        });
    types.forEach((argument, type) -> argument(key, argument, type, defaults.get(argument)));
  }

  private void argument(String key, String argument, Type type, Map<String, String> places) {
    Map<String, List<String>> values =
        places.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    place -> standard(join(place.getValue(), argument)),
                    LinkedHashMap::new,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    String standard =
        values.entrySet().stream()
            .map(value -> value.getKey() + " (" + String.join(", ", value.getValue()) + ")")
            .collect(Collectors.joining("; "));
    String meaning =
        places.values().stream()
            .map(place -> notes.getOrDefault(join(place, argument), ""))
            .filter(note -> !note.isEmpty())
            .findFirst()
            .orElse("");
    line(join(key, argument), words(type), standard, meaning);
  }

  private void row(String key, String type, String place) {
    line(key, type, standard(place), notes.getOrDefault(place, ""));
  }

  private void line(String key, String type, String standard, String meaning) {
    text.append(
        List.of("`" + key + "`", type, standard, meaning).stream()
            .map(cell -> cell.replace("|", "\\|").replace("<", "&lt;"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** The value in reference.conf: that of a block stands in the rows of its keys. */
  private String standard(String place) {
    List<String> keys = place.isEmpty() ? List.of("") : List.of(place.split("\\."));
    String path = ConfigUtil.joinPath(keys);
    if (place.isEmpty() || !reference.hasPathOrNull(path) || reference.getIsNull(path)) {
      return "";
    }
    Object value = reference.getValue(path).unwrapped();
    return value instanceof Map<?, ?> block
        ? (block.isEmpty() ? "" : "see its keys")
        : value instanceof String word
            ? word
            : reference.getValue(path).render(ConfigRenderOptions.concise());
  }

  private static String words(Type type) {
    if (type instanceof ParameterizedType generic) {
      return "list of " + words(generic.getActualTypeArguments()[0]);
    }
    Class<?> single = (Class<?>) type;
    if (single.isEnum()) {
      return Arrays.stream(single.getEnumConstants())
          .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining(", "));
    }
    return switch (single.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "whole number";
      case "double", "Double", "float", "Float" -> "number";
      case "boolean", "Boolean" -> "true, false";
      case "String" -> "text";
      case "Path" -> "path";
      default ->
          SettingRecords.isOneValue(single)
              ? TypeName.kebab(single.getSimpleName()).replace('-', ' ')
              : "a block";
    };
  }
}
