package dev.fusebox.questions.change;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same question in other words, by rule: the first that fits. Where none does, the question is
 * put in a frame, which leaves its words as they are.
 */
public final class Paraphrase {

  /** What stands before a question that no rule fits. */
  public static final String FRAME = "Please answer this: ";

  /** Questions of a certain form, and what they are in other words. */
  private record Rule(Pattern pattern, Function<MatchResult, String> words) {

    /**
     * A rule.
     *
     * @param words with a place for each group
     */
    static Rule of(String pattern, String words) {
      return new Rule(compiled(pattern), found -> words.formatted(groups(found)));
    }

    static Pattern compiled(String pattern) {
      return Pattern.compile(pattern, Pattern.DOTALL);
    }

    private static Object[] groups(MatchResult found) {
      Object[] groups = new Object[found.groupCount()];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = found.group(i + 1);
      }
      return groups;
    }

    Optional<String> of(String question) {
      Matcher matcher = pattern.matcher(question);
      return matcher.matches() ? Optional.of(words.apply(matcher)) : Optional.empty();
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "Which of (these|the following) (?!is |was |has |does )(\\w+s) ((?:is|are|was|were|has|have|can|could|do|does|did|will|would|most|best|contains?|shows?) .+)\\?",
              "Of %s %s, which %s?"),
          Rule.of("Which of these (.+)\\?", "Of these, which %s?"),
          Rule.of("Which of the following (.+)\\?", "Of the following, which %s?"),
          Rule.of("What is the name of (.+)\\?", "How is %s called?"),
          Rule.of("Is it true that (.+)\\?", "Would you say that %s?"),
          new Rule(Rule.compiled("(According to|Based on) ([^,?]+), (.+)\\?"), Paraphrase::turned),
          Rule.of("Which (best|better) describes (.+)\\?", "Which is the %s description of %s?"),
          Rule.of(
              "Which ((?!of )[\\w' ]+?) ((?:is|are|has|uses|supports|matches|states|describes|shows)"
                  + " (?!this |the |that )[^?\\n]+)\\?",
              "Name the %s that %s."),
          Rule.of("How long is (.+)\\?", "What is the length of %s?"),
          Rule.of("What is the ([^?]+)\\?", "Please state the %s."),
          Rule.of("Identify the ([^.?]+)\\.", "Which is the %s?"),
          Rule.of("Select the (.+)\\.", "Choose the %s."),
          Rule.of("Complete the (.+)", "Fill in what is missing in the %s"),
          Rule.of("Why (is|are|was|were|do|does|did) (.+)\\?", "For what reason %s %s?"),
          Rule.of("Where (is|are|was|were|do|does|did) (.+)\\?", "In which place %s %s?"));

  private Paraphrase() {}

  /** Whether a rule puts it in other words. */
  public static boolean isByRule(String question) {
    return byRule(question).isPresent();
  }

  static String of(String question) {
    return byRule(question).orElse(FRAME + question);
  }

  private static Optional<String> byRule(String question) {
    return RULES.stream().flatMap(rule -> rule.of(question).stream()).findFirst();
  }

  /** What the question goes by stands behind it. */
  private static String turned(MatchResult found) {
    String asked = found.group(3);
    return asked.substring(0, 1).toUpperCase(Locale.ROOT)
        + asked.substring(1)
        + ", "
        + found.group(1).toLowerCase(Locale.ROOT)
        + " "
        + found.group(2)
        + "?";
  }
}
