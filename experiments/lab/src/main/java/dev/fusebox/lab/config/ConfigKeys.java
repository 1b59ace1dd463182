package dev.fusebox.lab.config;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.regex.Pattern;

/** Keys of a config, as a person writes them. */
public final class ConfigKeys {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+(\\[])?");

  private ConfigKeys() {}

  /** {@code key.name}, or {@code name} at the root; a name stands in quotes where it needs them. */
  public static String join(String key, String name) {
    String part = PLAIN.matcher(name).matches() ? name : ConfigUtil.quoteString(name);
    return key.isEmpty() ? part : key + "." + part;
  }

  /** The key as the person wrote it: a short form stands at its parent's. */
  static String shown(ConfigValue value, String key) {
    int dot = key.lastIndexOf('.'); // a short form's own name is a component's: it has no dot
    return ConfigOrigins.isShortForm(value) && dot > 0 ? key.substring(0, dot) : key;
  }
}
