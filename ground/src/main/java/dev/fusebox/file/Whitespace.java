package dev.fusebox.file;

import java.util.ArrayList;
import java.util.List;

/**
 * White space as Python's {@code str.split} sees it, which is neither Java's {@code isWhitespace}
 * (no-break spaces) nor a regular expression's {@code \s} (ASCII only).
 *
 * @since 0.1
 */
public final class Whitespace {

  private Whitespace() {}

  /** Every run of white space becomes one blank, none at the ends: {@code " ".join(s.split())}. */
  public static String normalise(String text) {
    StringBuilder normal = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!is(c)) {
        normal.append(c);
      } else if (endsInWord(normal)) {
        normal.append(' ');
      }
    }
    return endsInWord(normal) ? normal.toString() : strip(normal.toString());
  }

  private static boolean endsInWord(StringBuilder text) {
    return !text.isEmpty() && text.charAt(text.length() - 1) != ' ';
  }

  /** Without white space at the ends: {@code s.strip()}. */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && is(text.charAt(start))) {
      start++;
    }
    while (start < end && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** The words between runs of white space, none of them empty: {@code s.split()}. */
  public static List<String> split(String text) {
    return split(text, ' ');
  }

  /** The same, split at another character too. */
  public static List<String> split(String text, char other) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || is(text.charAt(i)) || text.charAt(i) == other) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  /** How many words {@code s.split()} finds. */
  public static int words(String text) {
    int words = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean starts = !is(text.charAt(i)) && (i == 0 || is(text.charAt(i - 1)));
      words += starts ? 1 : 0;
    }
    return words;
  }

  private static boolean is(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || (c >= 0x1c && c <= 0x1f)
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }
}
