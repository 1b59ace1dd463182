package dev.fusebox.lab.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.regex.Pattern;

/** Where a value was written. */
public final class ConfigOrigins {

  /** The file of every default. */
  static final String DEFAULTS = "reference.conf";

  private static final Pattern LINE = Pattern.compile(": \\d+(-\\d+)?$");

  private static final String SHORT_FORM = "short form";

  private ConfigOrigins() {}

  /** The file as it was named, {@code reference.conf} for a default, or the command line. */
  static String file(ConfigOrigin origin) {
    String text = origin.description();
    if (text.startsWith("merge of ")) { // of several blocks: the one that is over the others
      text = text.substring("merge of ".length()).split(",", 2)[0];
    }
    String file = LINE.matcher(text).replaceFirst("");
    return file.equals(DEFAULTS) || file.startsWith(DEFAULTS + " @ ") ? DEFAULTS : file;
  }

  /** {@code file:line}, or the file alone. */
  public static String of(ConfigOrigin origin) {
    String file = file(origin);
    return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() : file;
  }

  /** Marks a value that stands where its parent is written: {@code fusion = gated}. */
  static ConfigValue asShortForm(ConfigValue value) {
    return value.withOrigin(value.origin().withComments(List.of(SHORT_FORM)));
  }

  static boolean isShortForm(ConfigValue value) {
    return value.origin().comments().contains(SHORT_FORM);
  }
}
