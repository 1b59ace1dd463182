package dev.fusebox.training.model;

import dev.fusebox.file.Spelling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern of {@code model.frozen}, in which {@code *} stands for any text.
 *
 * @param pattern as the config has it
 */
public record FrozenNames(String pattern) {

  private static final Pattern OF_T5 =
      Pattern.compile("shared|lm_head|(encoder|decoder)\\.(block|final_layer_norm)");

  private static final int SHOWN = 3;

  /** The names that it stands for. */
  public Pattern regex() {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  /** Whether it stands for one of them. */
  public boolean matchesAny(Set<String> names) {
    Pattern regex = regex();
    return names.stream().anyMatch(name -> regex.matcher(name).matches());
  }

  /** Whether it begins as a name of T5's own, so that no fusion can have what it means. */
  public boolean isOfT5() {
    return OF_T5.matcher(pattern).lookingAt();
  }

  /** What is told where it stands for none of them. */
  public String misfit(Set<String> names) {
    return "model.frozen = %s: no parameter has such a name%s; nearest: %s"
        .formatted(pattern, Spelling.hint(pattern, names), nearest(names));
  }

  private String nearest(Set<String> names) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> -alike(name)))
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }

  /** How many characters they begin with in common. */
  private int alike(String name) {
    int length = 0;
    while (length < Math.min(name.length(), pattern.length())
        && name.charAt(length) == pattern.charAt(length)) {
      length++;
    }
    return length;
  }
}
