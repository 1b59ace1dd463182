package dev.fusebox.experiments.ablation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.fusebox.experiments.config.KeyOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code ablation.grid}: a variant for every combination of the listed values. */
final class Grid {

  private Grid() {}

  /** The lines of every cell by the cell's name, the last key varying fastest. */
  static Map<String, ConfigObject> cells(ConfigObject grid) {
    Map<String, ConfigObject> cells = new LinkedHashMap<>();
    cells.put("", ConfigFactory.empty().root());
    for (Map.Entry<String, ConfigList> axis : axes(grid, "").entrySet()) {
      Map<String, ConfigObject> wider = new LinkedHashMap<>();
      cells.forEach(
          (name, lines) ->
              axis.getValue()
                  .forEach(
                      value ->
                          wider.put(
                              name + (name.isEmpty() ? "" : "-") + word(axis.getKey(), value),
                              value.atPath(axis.getKey()).withFallback(lines).root())));
      cells.clear();
      cells.putAll(wider);
    }
    cells.remove("");
    return cells;
  }

  private static Map<String, ConfigList> axes(ConfigObject block, String path) {
    Map<String, ConfigList> axes = new LinkedHashMap<>();
    for (String key : KeyOrder.of(block)) {
      String full = (path.isEmpty() ? "" : path + ".") + ConfigUtil.quoteString(key);
      ConfigValue value = block.get(key);
      if (value instanceof ConfigObject inner) {
        axes.putAll(axes(inner, full));
      } else if (value instanceof ConfigList list) {
        axes.put(full, list);
      }
    }
    return axes;
  }

  /** {@code gated}, {@code gated-heads8}, {@code learningRate1e-4}. */
  private static String word(String path, ConfigValue value) {
    if (value instanceof ConfigObject block) {
      Config settings = block.toConfig();
      return named(block).stream()
          .map(
              key ->
                  key.equals("name") || key.equals("source")
                      ? settings.getString(key)
                      : word(key, block.get(key)))
          .collect(Collectors.joining("-"));
    }
    String text = String.valueOf(value.unwrapped());
    String key = path.substring(path.lastIndexOf('.') + 1).replace("\"", "");
    return value.unwrapped() instanceof String ? text.replaceAll(".*/", "") : key + text;
  }

  /** The keys, the one that names the block first. */
  private static List<String> named(ConfigObject block) {
    List<String> keys = new ArrayList<>(KeyOrder.of(block));
    keys.sort(Comparator.comparing(key -> !key.equals("name") && !key.equals("source")));
    return keys;
  }
}
