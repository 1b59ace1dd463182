package dev.fusebox.questions.picture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code features.train}: which layers of a backbone learn together with the model.
 *
 * @param last how many, the last ones; empty for all, with what stands before them
 */
public record TrainedLayers(Optional<Integer> last) {

  private static final Pattern LAST = Pattern.compile("(?:last:)?(\\d{1,6})");

  public TrainedLayers {
    if (last.filter(count -> count < 1).isPresent()) {
      throw new IllegalArgumentException(expected("last:" + last.get()));
    }
  }

  /**
   * What a config says.
   *
   * @throws IllegalArgumentException if it is neither {@code all} nor {@code last:N}, in short
   *     {@code N}
   */
  public static TrainedLayers parse(String text) {
    Matcher some = LAST.matcher(text);
    if (some.matches()) {
      return new TrainedLayers(Optional.of(Integer.parseInt(some.group(1))));
    }
    if (!text.equals("all")) {
      throw new IllegalArgumentException(expected(text));
    }
    return new TrainedLayers(Optional.empty());
  }

  private static String expected(String found) {
    return "must be none, all, or the number of its last layers that learn, from 1, such as 2 or"
        + " \"last:2\"; found "
        + found;
  }

  @Override
  public String toString() {
    return last.map(count -> "last:" + count).orElse("all");
  }
}
