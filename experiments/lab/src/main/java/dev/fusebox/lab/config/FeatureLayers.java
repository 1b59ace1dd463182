package dev.fusebox.lab.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@link Layers} does to {@code features}: lists have short forms, and naming sources anew
 * drops what was said of the former ones alone.
 */
final class FeatureLayers {

  private static final String SOURCE = "source";
  private static final String BESIDE = "beside";

  /** Said of the source {@code pixels} alone. */
  private static final List<String> OF_PIXELS = List.of("backbone", "layer", "train");

  /** Said of {@code file}, or of whatever source is named with them. */
  private static final List<String> OF_FILES = List.of("file", "names");

  /** Files that are named beside no source are for any that comes. */
  private static final Set<Object> NO_SOURCE = Set.of("none");

  private FeatureLayers() {}

  /** The block where a list of sources is its first with the others beside it, a file a list. */
  static ConfigObject spelledOut(ConfigObject features) {
    ConfigObject spelled = features;
    ConfigValue source = features.get(SOURCE);
    if (source != null && !features.containsKey(BESIDE)) {
      List<ConfigValue> all = several(source) ? List.copyOf((ConfigList) source) : List.of(source);
      spelled =
          spelled
              .withValue(SOURCE, all.get(0))
              .withValue(BESIDE, list(all.subList(1, all.size()), source));
    }
    for (String key : OF_FILES) {
      ConfigValue value = features.get(key);
      if (value != null && value.valueType() == ConfigValueType.STRING) {
        spelled = spelled.withValue(key, list(List.of(value), value));
      }
    }
    return spelled;
  }

  private static boolean several(ConfigValue source) {
    return source instanceof ConfigList list && !list.isEmpty();
  }

  private static ConfigValue list(List<ConfigValue> values, ConfigValue place) {
    return ConfigValueFactory.fromIterable(values).withOrigin(place.origin());
  }

  /** What holds of {@code former} below a block that may name other sources. */
  static ConfigObject below(ConfigObject former, ConfigObject next) {
    if (next.get(SOURCE) == null) {
      return former;
    }
    List<Object> before = sources(former);
    List<Object> after = sources(next);
    ConfigObject kept = former;
    if (!after.contains("pixels")) {
      for (String key : OF_PIXELS) {
        kept = kept.withoutKey(key);
      }
    }
    if (!before.equals(after)
        && !bothRead("file", before, after)
        && !NO_SOURCE.containsAll(before)) {
      for (String key : OF_FILES) {
        ConfigValue files = former.get(key);
        kept = files == null ? kept : kept.withValue(key, list(List.of(), files));
      }
    }
    return kept;
  }

  private static boolean bothRead(String source, List<Object> before, List<Object> after) {
    return before.contains(source) && after.contains(source);
  }

  private static List<Object> sources(ConfigObject features) {
    List<Object> all = new ArrayList<>();
    for (String key : List.of(SOURCE, BESIDE)) {
      ConfigValue value = features.get(key);
      if (value instanceof ConfigList list) {
        all.addAll(list.unwrapped());
      } else if (value != null) {
        all.add(value.unwrapped());
      }
    }
    return all;
  }
}
