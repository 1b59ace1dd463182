package dev.fusebox.experiments.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys of a block in the order in which they were written, which HOCON objects forget. */
public final class KeyOrder {

  private KeyOrder() {}

  /** Included files first, then by line, then by place in the line. */
  public static List<String> of(ConfigObject object) {
    List<String> keys = new ArrayList<>(object.keySet());
    keys.sort(Comparator.naturalOrder());
    keys.sort(
        Comparator.comparing((String key) -> position(object.get(key)))
            .thenComparingInt(key -> column(object.get(key).origin(), key)));
    return keys;
  }

  private static String position(ConfigValue value) {
    ConfigOrigin origin = value.origin();
    String file = Places.file(origin);
    return "%02d %s %08d".formatted(99 - depth(file), file, origin.lineNumber());
  }

  /** Defaults lie deepest, the command line at the top, an included file below its includer. */
  private static long depth(String file) {
    return file.equals("reference.conf") ? 99 : file.chars().filter(c -> c == '/').count();
  }

  /** Where in its line the key stands; the parser keeps lines only. */
  private static int column(ConfigOrigin origin, String key) {
    if (origin.filename() == null) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(Path.of(origin.filename()))) {
      String line = lines.skip(origin.lineNumber() - 1L).findFirst().orElse("");
      Matcher word =
          Pattern.compile("(?<![\\w-])" + Pattern.quote(key) + "(?![\\w-])").matcher(line);
      return word.find() ? word.start() : line.length();
    } catch (IOException e) {
      return 0;
    }
  }
}
