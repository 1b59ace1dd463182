package dev.fusebox.ask;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Answers as a person reads them in a terminal. */
public final class AnswerSheet {

  private static final int BAR = 24;
  private static final String ROW = "  %-10s %s%n";

  private AnswerSheet() {}

  /** What was asked. */
  public static String of(Asking asking) {
    Question question = asking.question();
    StringBuilder text = new StringBuilder();
    boolean own = question.id().equals(Asking.TYPED);
    text.append(own ? "" : "question " + question.id() + ": ").append(question.question());
    text.append('\n');
    if (!question.hint().isBlank()) {
      text.append(String.format(ROW, "context", question.hint()));
    }
    String picture = asking.picture().inWords();
    boolean has = question.picture() || !(asking.picture() instanceof ChosenPicture.Own);
    text.append(String.format(ROW, "picture", has ? picture : "none"));
    return text.toString();
  }

  /** What a run answered. */
  public static String of(Asking asking, Answer answer) {
    StringBuilder text = new StringBuilder(answer.run()).append('\n');
    answer.rationales().forEach(stage -> stage(stage, "", text));
    stage(answer.last(), mark(asking, answer), text);
    options(asking.question(), answer, text);
    answer.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
    return text.toString();
  }

  private static void stage(StageAnswer stage, String mark, StringBuilder text) {
    String given = stage.given() ? "   (given)" : "";
    text.append(String.format(ROW, stage.part(), stage.text() + given + mark));
    gates(stage.gates(), text);
  }

  private static String mark(Asking asking, Answer answer) {
    OptionalInt right = asking.right();
    String found = answer.option().isPresent() ? "" : "   names no option of the question";
    if (right.isEmpty()) {
      return found;
    }
    return answer.option().equals(right)
        ? "   right"
        : (found.isEmpty() ? "   wrong" : found)
            + ", it is ("
            + Question.letter(right.getAsInt())
            + ")";
  }

  private static void gates(Map<String, Double> gates, StringBuilder text) {
    if (!gates.isEmpty()) {
      List<String> words =
          gates.entrySet().stream()
              .map(gate -> String.format(Locale.ROOT, "%s %.3f", gate.getKey(), gate.getValue()))
              .toList();
      text.append(String.format(ROW, "gates", String.join(", ", words)));
    }
  }

  private static void options(Question question, Answer answer, StringBuilder text) {
    if (answer.probabilities().isEmpty()) {
      return;
    }
    int widest = question.choices().stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < question.choices().size(); i++) {
      double share = answer.probabilities().get(i);
      text.append(
          String.format(
                  Locale.ROOT,
                  "  (%s) %-" + Math.max(1, widest) + "s %6.1f %%  %s",
                  Question.letter(i),
                  question.choices().get(i),
                  100 * share,
                  "━".repeat((int) Math.round(BAR * share)))
              .stripTrailing());
      text.append('\n');
    }
    text.append("  probabilities ").append(answer.scored()).append('\n');
  }
}
