package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.fusebox.file.Lines;
import dev.fusebox.lab.config.ConfigKeys;
import dev.fusebox.lab.config.ConfigOrigins;
import dev.fusebox.lab.config.KeyOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An experiment as it was understood: every value, and where it comes from. */
public final class ConfigText {

  private ConfigText() {}

  private record Line(String value, String place) {}

  /** What all variants share, then what each has of its own. */
  public static String of(Experiment experiment) {
    List<Map<String, Line>> variants =
        experiment.variants().stream().map(variant -> lines(variant.tree())).toList();
    Map<String, Line> shared = new LinkedHashMap<>(variants.get(0));
    for (Map<String, Line> variant : variants) {
      shared.entrySet().removeIf(e -> !Objects.equals(variant.get(e.getKey()), e.getValue()));
    }
    StringBuilder text = new StringBuilder();
    text.append("# ").append(Lines.single(experiment.file())).append('\n');
    if (!experiment.question().isEmpty()) {
      text.append("# ").append(Lines.single(experiment.question())).append('\n');
    }
    text.append("# seeds ").append(experiment.seeds());
    if (!experiment.draws().isEmpty()) {
      text.append(", draws ").append(experiment.draws());
    }
    text.append("\n\n");
    append(text, shared);
    for (int i = 0; i < variants.size() && variants.size() > 1; i++) {
      Map<String, Line> own = new LinkedHashMap<>(variants.get(i));
      own.keySet().removeAll(shared.keySet());
      text.append("\n# ").append(experiment.variants().get(i).name()).append('\n');
      append(text, own);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Map<String, Line> lines) {
    int width =
        lines.entrySet().stream().mapToInt(e -> width(e.getKey(), e.getValue())).max().orElse(0);
    lines.forEach(
        (key, line) ->
            text.append(key)
                .append(" = ")
                .append(line.value())
                .append(" ".repeat(width - width(key, line) + 2))
                .append("# ")
                .append(line.place())
                .append('\n'));
  }

  private static int width(String key, Line line) {
    return key.length() + line.value().length();
  }

  private static Map<String, Line> lines(ConfigObject tree) {
    Map<String, Line> lines = new LinkedHashMap<>();
    RecipeTree.KEYS.stream()
        .filter(tree::containsKey)
        .forEach(key -> add(lines, key, tree.get(key)));
    return lines;
  }

  private static void add(Map<String, Line> lines, String key, ConfigValue value) {
    if (value instanceof ConfigObject block) {
      KeyOrder.of(block).forEach(name -> add(lines, ConfigKeys.join(key, name), block.get(name)));
    } else if (value instanceof ConfigList list
        && list.stream().anyMatch(ConfigObject.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        add(lines, key + "[" + i + "]", list.get(i));
      }
    } else {
      lines.put(key, new Line(rendered(value), ConfigOrigins.of(value.origin())));
    }
  }

  private static String rendered(ConfigValue value) {
    boolean text = value.unwrapped() instanceof String && !(value instanceof ConfigList);
    return text ? value.unwrapped().toString() : value.render(ConfigRenderOptions.concise());
  }
}
