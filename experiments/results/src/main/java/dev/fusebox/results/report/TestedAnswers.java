package dev.fusebox.results.report;

import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.SampledAnswer;
import java.util.List;

/**
 * What a run said when it was asked otherwise.
 *
 * @param changed its answers to changed questions
 * @param crossed to texts beside the pictures of others
 * @param sampled from rationales that were drawn, sample after sample
 */
public record TestedAnswers(
    List<ChangedAnswer> changed, List<CrossedAnswer> crossed, List<SampledAnswer> sampled) {

  /** Without drawn rationales. */
  public TestedAnswers(List<ChangedAnswer> changed, List<CrossedAnswer> crossed) {
    this(changed, crossed, List.of());
  }

  /** It was not. */
  public static final TestedAnswers NONE = new TestedAnswers(List.of(), List.of());

  public TestedAnswers {
    changed = List.copyOf(changed);
    crossed = List.copyOf(crossed);
    sampled = List.copyOf(sampled);
  }

  /** The answers under one change. */
  List<ChangedAnswer> under(QuestionChange change) {
    return changed.stream().filter(answer -> answer.change() == change).toList();
  }
}
