package dev.fusebox.results.score;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerForm;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An answer that names no option of its question.
 *
 * @param question what was asked
 * @param text what was answered
 */
public record UnreadableAnswer(Question question, String text) {

  private static final String AFTER_ANSWER = "(?i)answer is:?\\s*\\(?([a-z])\\b";
  private static final String ONE_LETTER = "\\b([A-Z])\\b";
  private static final int LONGEST = 60;

  /** Those that turn the direction of a line, too. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u202A-\u202E\u2066-\u2069]+");

  /** Another form that would read most of some answers, as it is written in a command. */
  public static Optional<String> formOf(List<UnreadableAnswer> answers) {
    return List.of("letter", "text", AFTER_ANSWER, ONE_LETTER).stream()
        .filter(form -> readBy(AnswerForm.parse(form), answers) * 2 > answers.size())
        .findFirst();
  }

  private static long readBy(AnswerForm form, List<UnreadableAnswer> answers) {
    return answers.stream().filter(answer -> answer.hasOption(form)).count();
  }

  private boolean hasOption(AnswerForm form) {
    int options = question.choices().size();
    return form.option(question, text).stream().anyMatch(option -> option < options);
  }

  /** {@code 31 "(A)"}, cut where it is long. */
  public String shown() {
    String plain = CONTROL.matcher(text).replaceAll(" ").strip();
    boolean isLong = plain.codePointCount(0, plain.length()) > LONGEST;
    String cut = isLong ? plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) + "…" : plain;
    return question.id() + " \"" + cut + "\"";
  }
}
