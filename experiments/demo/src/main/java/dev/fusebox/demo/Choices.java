package dev.fusebox.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The options of a question in the order shown.
 *
 * @param answer index of the right one
 */
record Choices(List<String> options, int answer) {

  Choices {
    options = List.copyOf(options);
    if (options.size() < 2 || options.stream().distinct().count() != options.size()) {
      throw new IllegalArgumentException("options must be two or more and differ: " + options);
    }
  }

  /**
   * The right option among others.
   *
   * @param others preferred wrong options come from here; repetitions and the right one are skipped
   * @param count options in all, or fewer if there are not enough
   */
  static Choices of(Draw draw, String right, List<String> others, int count) {
    List<String> wrong =
        others.stream().distinct().filter(option -> !option.equals(right)).toList();
    List<String> options = new ArrayList<>(draw.some(count - 1, wrong));
    int answer = draw.below(options.size() + 1);
    options.add(answer, right);
    return new Choices(options, answer);
  }
}
