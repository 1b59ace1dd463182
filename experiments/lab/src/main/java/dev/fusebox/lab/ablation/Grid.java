package dev.fusebox.lab.ablation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.fusebox.lab.config.KeyOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code ablation.grid}: a variant for every combination of the listed values. */
final class Grid {

  private Grid() {}

  /**
   * A combination of the values.
   *
   * @param name of the values, the first axis first
   * @param lines that set them
   */
  record Cell(String name, ConfigObject lines) {

    private Cell with(String axis, ConfigValue value) {
      return new Cell(
          name + (name.isEmpty() ? "" : "-") + word(axis, value),
          value.atPath(axis).withFallback(lines).root());
    }
  }

  /** Every cell, the last key varying fastest; nothing where there is no axis. */
  static List<Cell> cells(ConfigObject grid) {
    Map<String, ConfigList> axes = axes(grid, "");
    List<Cell> cells = List.of(new Cell("", ConfigFactory.empty().root()));
    for (Map.Entry<String, ConfigList> axis : axes.entrySet()) {
      List<Cell> wider = new ArrayList<>();
      for (Cell cell : cells) {
        axis.getValue().forEach(value -> wider.add(cell.with(axis.getKey(), value)));
      }
      cells = wider;
    }
    return axes.isEmpty() ? List.of() : List.copyOf(cells);
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

  /** {@code gated}, {@code gated-heads8}, {@code concat+gated}, {@code learningRate1e-4}. */
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
    if (value instanceof ConfigList several) {
      return several.stream().map(each -> word(path, each)).collect(Collectors.joining("+"));
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
