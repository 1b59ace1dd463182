package dev.fusebox.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which known word a person may have meant.
 *
 * @since 0.1
 */
public final class Spelling {

  private static final int SHOWN = 40;

  private Spelling() {}

  /** The known word nearest to {@code found}, if it is near enough to be a slip. */
  public static Optional<String> nearest(String found, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(found, word) <= allowed(found, word))
        .min(Comparator.comparingInt(word -> distance(found, word)));
  }

  /** {@code "; did you mean X?"}, or nothing. */
  public static String hint(String found, Collection<String> known) {
    return nearest(found, known).map(word -> "; did you mean " + word + "?").orElse("");
  }

  /** The known words, as many as a person reads. */
  public static String list(Collection<String> known) {
    String shown = known.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return known.size() > SHOWN ? shown + " and " + (known.size() - SHOWN) + " more" : shown;
  }

  private static int allowed(String found, String word) {
    int shorter = Math.min(found.length(), word.length());
    return shorter < 3 ? 0 : Math.max(1, shorter / 3);
  }

  /** Edits between two words: insert, delete, replace, swap neighbours; case is free. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 ? j : j == 0 ? i : cheapest(a, b, d, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int[][] d, int i, int j) {
    int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
