package dev.fusebox.questions.mark;

import dev.fusebox.questions.Question;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How mm-cot reads an answer back: {@code The answer is (B).}, exactly once. */
public final class AnswerPattern {

  /** How the sentence begins that names an option. */
  public static final String BEGINNING = "The answer is (";

  private static final Pattern ANSWER = Pattern.compile("The answer is \\(([A-Z])\\)");

  private AnswerPattern() {}

  /** The sentence that names an option, counted from 0. */
  public static String naming(int option) {
    return "The answer is (" + Question.letter(option) + ").";
  }

  /** The option named, counted from 0; empty if none or more than one is named. */
  public static OptionalInt option(String text) {
    Matcher matcher = ANSWER.matcher(text);
    if (!matcher.find()) {
      return OptionalInt.empty();
    }
    int option = matcher.group(1).charAt(0) - 'A';
    return matcher.find() ? OptionalInt.empty() : OptionalInt.of(option);
  }
}
