package dev.fusebox.results.score;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which options of a question a text names, by their words. */
public final class NamedOptions {

  private NamedOptions() {}

  /**
   * The one option that a text names; empty if it names none, or more than one. An option that is a
   * part of a longer one that is named is not named by it.
   */
  public static OptionalInt only(Question question, String text) {
    List<String> choices =
        question.choices().stream().map(choice -> choice.toLowerCase(Locale.ROOT).strip()).toList();
    String words = text.toLowerCase(Locale.ROOT);
    List<Integer> named =
        IntStream.range(0, choices.size())
            .filter(i -> names(words, choices.get(i)))
            .boxed()
            .toList();
    List<Integer> whole =
        named.stream()
            .filter(i -> named.stream().noneMatch(j -> isPart(choices.get(i), choices.get(j))))
            .toList();
    return whole.size() == 1 ? OptionalInt.of(whole.get(0)) : OptionalInt.empty();
  }

  private static boolean isPart(String option, String other) {
    return other.length() > option.length() && names(other, option);
  }

  private static boolean names(String text, String option) {
    return !option.isEmpty()
        && Pattern.compile("(?<!\\w)" + Pattern.quote(option) + "(?!\\w)").matcher(text).find();
  }
}
