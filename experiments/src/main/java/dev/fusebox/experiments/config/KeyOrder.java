package dev.fusebox.experiments.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The keys of a block in the order in which they were written, which HOCON objects forget. */
public final class KeyOrder {

  private KeyOrder() {}

  /** Included files first, then by line; keys on one line by name. */
  public static List<String> of(ConfigObject object) {
    List<String> keys = new ArrayList<>(object.keySet());
    keys.sort(Comparator.naturalOrder());
    keys.sort(Comparator.comparing(key -> position(object.get(key))));
    return keys;
  }

  private static String position(ConfigValue value) {
    ConfigOrigin origin = value.origin();
    String file = Origins.file(origin);
    return "%02d %s %08d".formatted(99 - depth(file), file, origin.lineNumber());
  }

  /** Defaults lie deepest, the command line at the top, an included file below its includer. */
  private static long depth(String file) {
    return file.equals("reference.conf") ? 99 : file.chars().filter(c -> c == '/').count();
  }
}
