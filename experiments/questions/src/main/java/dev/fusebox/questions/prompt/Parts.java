package dev.fusebox.questions.prompt;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The texts that templates are filled with.
 *
 * @param context hint, caption and passages, or {@code N/A}
 * @param rationale what stands for {@code G}
 * @param firstLetter of the first option, counted from 0
 */
record Parts(Question question, String context, String rationale, int firstLetter) {

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  /** Replaces every {@code {name}}; what is filled in is not looked at again. */
  String fill(String template) {
    return PLACE
        .matcher(template)
        .replaceAll((MatchResult place) -> Matcher.quoteReplacement(part(place.group(1))));
  }

  private String part(String name) {
    return switch (name) {
      case "question" -> question.question();
      case "context" -> context;
      case "options" -> options();
      case "lecture" -> escaped(question.lecture());
      case "solution" -> escaped(question.solution());
      case "caption" -> question.caption();
      case "option" -> question.choices().get(question.answer());
      case "answer" -> String.valueOf(letter(question.answer()));
      case "rationale" -> rationale;
      default -> throw new IllegalArgumentException("no such part: " + name);
    };
  }

  private char letter(int option) {
    return Question.letter(firstLetter + option);
  }

  private String options() {
    return String.join(" ", lettered());
  }

  /** Each option with its letter before it. */
  List<String> lettered() {
    return IntStream.range(0, question.choices().size())
        .mapToObj(choice -> "(" + letter(choice) + ") " + question.choices().get(choice))
        .toList();
  }

  /** A line break becomes the two characters {@code \n}. */
  static String escaped(String text) {
    return text.replace("\n", "\\n");
  }

  /** The same with its line breaks. */
  static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }
}
