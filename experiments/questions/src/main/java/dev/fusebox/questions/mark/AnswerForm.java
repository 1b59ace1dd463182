package dev.fusebox.questions.mark;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How an answer stands in a text. */
public sealed interface AnswerForm {

  /** The forms with a name of their own. */
  List<String> NAMES = List.of("sentence", "letter", "text");

  /**
   * The option that a text names, counted from 0; it may be one that the question does not have.
   *
   * @return empty if none is named, or more than one
   */
  OptionalInt option(Question question, String text);

  /** {@code The answer is (B).}, exactly once, as mm-cot reads it back. */
  record Sentence() implements AnswerForm {
    @Override
    public OptionalInt option(Question question, String text) {
      return AnswerPattern.option(text);
    }
  }

  /** The letter alone or in front: {@code B}, {@code (b)}, {@code B. a duck}. */
  record Letter() implements AnswerForm {

    private static final Pattern ALONE =
        Pattern.compile(
            "[\\s(\\[\"'*]*([A-Za-z])(?:[)\\].:,\"'*]+(?:\\s.*)?|\\s*)", Pattern.DOTALL);

    @Override
    public OptionalInt option(Question question, String text) {
      Matcher matcher = ALONE.matcher(text);
      return matcher.matches() ? OptionalInt.of(number(matcher.group(1))) : OptionalInt.empty();
    }

    private static int number(String letter) {
      return letter.toUpperCase(Locale.ROOT).charAt(0) - 'A';
    }
  }

  /** The words of the option; case, white space and a full stop at the end do not matter. */
  record OptionText() implements AnswerForm {
    @Override
    public OptionalInt option(Question question, String text) {
      String wanted = plain(text);
      int[] found =
          IntStream.range(0, question.choices().size())
              .filter(i -> plain(question.choices().get(i)).equals(wanted))
              .toArray();
      return found.length == 1 ? OptionalInt.of(found[0]) : OptionalInt.empty();
    }

    private static String plain(String text) {
      String words = Whitespace.normalise(text).toLowerCase(Locale.ROOT);
      return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }
  }

  /**
   * What a regular expression finds. Where it finds more than once, all must name the same option.
   *
   * @param pattern its one group holds the letter or the words of an option
   */
  record Expression(Pattern pattern) implements AnswerForm {

    private static final AnswerForm LETTER = new Letter();
    private static final AnswerForm WORDS = new OptionText();

    public Expression {
      int groups = pattern.matcher("").groupCount();
      if (groups != 1) {
        throw new IllegalArgumentException(
            "%s is none of %s, and as a pattern of answers it must have one group ( ) that holds the answer, found %d"
                .formatted(pattern, String.join(", ", NAMES), groups));
      }
    }

    @Override
    public OptionalInt option(Question question, String text) {
      Set<OptionalInt> found =
          pattern
              .matcher(text)
              .results()
              .filter(match -> match.group(1) != null)
              .map(match -> named(question, match.group(1)))
              .collect(Collectors.toSet());
      return found.size() == 1 ? found.iterator().next() : OptionalInt.empty();
    }

    private static OptionalInt named(Question question, String answer) {
      OptionalInt letter = LETTER.option(question, answer);
      return letter.isPresent() ? letter : WORDS.option(question, answer);
    }
  }

  /**
   * A form by its name, or else a regular expression.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static AnswerForm parse(String words) {
    return switch (words) {
      case "sentence" -> new Sentence();
      case "letter" -> new Letter();
      case "text" -> new OptionText();
      default -> expression(words);
    };
  }

  private static AnswerForm expression(String words) {
    try {
      return new Expression(Pattern.compile(words));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s is none of %s, and no regular expression: %s"
              .formatted(words, String.join(", ", NAMES), e.getDescription()),
          e);
    }
  }
}
