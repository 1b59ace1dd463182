package dev.fusebox.experiments.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Python's idea of white space, which has more characters than Java's {@code \s}. */
final class PythonSplit {

  static final String SPACE =
      "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

  private static final Pattern SPACES = Pattern.compile("[" + SPACE + "]+");

  private PythonSplit() {}

  /** {@code text.split()}: the words between runs of white space, none of them empty. */
  static List<String> words(String text) {
    return nonEmpty(SPACES, text);
  }

  /** What stands between matches of a separator, less the empty pieces. */
  static List<String> nonEmpty(Pattern separator, String text) {
    return Arrays.stream(separator.split(text)).filter(piece -> !piece.isEmpty()).toList();
  }
}
