package dev.fusebox.lab.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the keys of a line stand in it, block by block: the parser keeps lines only. A word that is
 * a value is no key, nor is one in quotes.
 */
final class KeyColumns {

  private static final String NAME =
      "(?:\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[\\p{L}\\p{M}\\p{N}_-]++)";

  /** A path with what makes it a key behind it, another word, or a brace. */
  private static final Pattern TOKEN =
      Pattern.compile("(?<path>%1$s(?:\\.%1$s)*+)(?=\\s*(?:[{=:]|\\+=))|%1$s|[{}]".formatted(NAME));

  /** Keys of one block: of its own lines, or as deep in their dotted paths. */
  private record Group(int block, int depth) {}

  private final Map<Group, Map<String, Integer>> groups = new LinkedHashMap<>();
  private final Deque<Integer> open = new ArrayDeque<>(List.of(0));
  private int blocks = 1;

  private KeyColumns() {}

  /** By key, of the block that has most of {@code keys}, the first of several such. */
  static Map<String, Integer> of(String line, Collection<String> keys) {
    KeyColumns columns = new KeyColumns();
    Matcher token = TOKEN.matcher(line);
    while (token.find()) {
      columns.read(token.group(), token.group("path"), token.start());
    }
    return columns.groups.values().stream()
        .max(Comparator.comparingLong(group -> keys.stream().filter(group::containsKey).count()))
        .orElse(Map.of());
  }

  private void read(String token, String path, int column) {
    if (path != null) {
      int depth = 0;
      for (String name : names(path)) {
        Group group = new Group(open.element(), depth++);
        groups.computeIfAbsent(group, any -> new HashMap<>()).putIfAbsent(name, column);
      }
    } else if (token.equals("{")) {
      open.push(blocks++);
    } else if (token.equals("}")) {
      open.pop();
      if (open.isEmpty()) {
        open.push(blocks++); // of a block that began in an earlier line
      }
    }
  }

  private static List<String> names(String path) {
    try {
      return ConfigUtil.splitPath(path);
    } catch (ConfigException e) {
      return List.of(); // of a comment
    }
  }
}
