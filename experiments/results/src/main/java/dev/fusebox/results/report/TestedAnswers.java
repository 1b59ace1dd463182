package dev.fusebox.results.report;

import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.CrossedAnswer;
import java.util.List;

/**
 * What a run said when it was asked otherwise.
 *
 * @param changed its answers to changed questions
 * @param crossed to texts beside the pictures of others
 */
public record TestedAnswers(List<ChangedAnswer> changed, List<CrossedAnswer> crossed) {

  /** It was not. */
  public static final TestedAnswers NONE = new TestedAnswers(List.of(), List.of());

  public TestedAnswers {
    changed = List.copyOf(changed);
    crossed = List.copyOf(crossed);
  }

  /** The answers under one change. */
  List<ChangedAnswer> under(QuestionChange change) {
    return changed.stream().filter(answer -> answer.change() == change).toList();
  }
}
