package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of variants and stages: they become parts of file names and cells of tables. */
final class Names {

  /** What {@link #allowed} demands, for people. */
  static final String RULE = "a name is letters, digits, and _ + . - or blanks between them";

  private static final String LATER = "[\\p{L}\\p{M}\\p{N}_+.-]";
  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}\\p{N}]" + LATER + "*( +" + LATER + "+)*");
  private static final int LONGEST = 200;

  private Names() {}

  /** Whether a name can stand in a file's name on any system. */
  static boolean allowed(String name) {
    return name.length() <= LONGEST && ALLOWED.matcher(name).matches();
  }

  /**
   * The same for names that some systems take for one folder: case, and how letters are composed.
   */
  static String asFolder(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /**
   * The name that was meant, where {@code name { key { ... } }} was read from a name with dots that
   * stood without quotes: what is below {@code key} is a block of {@code known} keys, or empty.
   */
  static Optional<String> withDots(
      String name, String key, ConfigValue value, Collection<String> known) {
    if (!(value instanceof ConfigObject block)) {
      return Optional.empty();
    }
    String longer = name + "." + key;
    if (block.isEmpty() || block.keySet().stream().anyMatch(known::contains)) {
      return Optional.of(longer);
    }
    return block.entrySet().stream()
        .map(
            (Map.Entry<String, ConfigValue> e) -> withDots(longer, e.getKey(), e.getValue(), known))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
