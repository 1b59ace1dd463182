package dev.fusebox.t5.tune;

import dev.fusebox.file.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which of T5's weight matrices are tuned. */
final class Targets {

  /** The last part of the matrices' names: attention's four, and the feed-forward's. */
  private static final Set<String> NAMES =
      new TreeSet<>(Set.of("q", "k", "v", "o", "wi", "wi_0", "wi_1", "wo"));

  private static final String WEIGHT = ".weight";
  private static final Pattern MATRIX =
      Pattern.compile("(encoder|decoder)\\.block\\.\\d+\\.layer\\.\\d\\.\\w+\\.(\\w+)");

  private Targets() {}

  /**
   * States the rule.
   *
   * @throws IllegalArgumentException {@code key must ..., found value}
   */
  static List<String> checked(String key, List<String> targets) {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(key + " must name at least one matrix, found []");
    }
    for (String target : targets) {
      if (isShort(target) && !NAMES.contains(target)) {
        throw new IllegalArgumentException(
            "%s must be of %s, or patterns of whole names with * for any text, found %s%s"
                .formatted(key, String.join(", ", NAMES), target, Spelling.hint(target, NAMES)));
      }
    }
    return List.copyOf(targets);
  }

  private static boolean isShort(String target) {
    return !target.contains("*") && !target.contains(".");
  }

  /**
   * Whether a matrix is meant: by the last part of its name, or by a pattern of all of it.
   *
   * @param matrix its name without {@code .weight}
   */
  static boolean include(List<String> targets, String matrix) {
    return MATRIX.matcher(matrix).matches()
        && targets.stream().anyMatch(target -> matches(target, matrix));
  }

  /** Those that mean none of the matrices. */
  static List<String> without(List<String> targets, Collection<String> parameters) {
    return targets.stream()
        .filter(
            target -> parameters.stream().noneMatch(name -> include(List.of(target), stem(name))))
        .toList();
  }

  private static boolean matches(String target, String matrix) {
    return isShort(target)
        ? matrix.endsWith("." + target)
        : matrix.matches(Pattern.quote(target).replace("*", "\\E.*\\Q"));
  }

  /** The name of a matrix without {@code .weight}. */
  static String stem(String parameter) {
    return parameter.endsWith(WEIGHT)
        ? parameter.substring(0, parameter.length() - WEIGHT.length())
        : parameter;
  }
}
