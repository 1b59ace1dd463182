package dev.fusebox.results.report;

import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.PassageAnswer;
import dev.fusebox.training.task.SampledAnswer;
import dev.fusebox.training.task.TransferredAnswer;
import dev.fusebox.training.task.VersionAnswer;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a run said when it was asked otherwise.
 *
 * @param changed its answers to changed questions
 * @param crossed to texts beside the pictures of others
 * @param sampled from rationales that were drawn, sample after sample
 * @param transferred to questions of other data
 * @param versions to every version of questions
 * @param passages beside what was retrieved, and without each of it
 */
public record TestedAnswers(
    List<ChangedAnswer> changed,
    List<CrossedAnswer> crossed,
    List<SampledAnswer> sampled,
    List<TransferredAnswer> transferred,
    List<VersionAnswer> versions,
    List<PassageAnswer> passages) {

  /** Beside nothing that was retrieved. */
  public TestedAnswers(
      List<ChangedAnswer> changed,
      List<CrossedAnswer> crossed,
      List<SampledAnswer> sampled,
      List<TransferredAnswer> transferred,
      List<VersionAnswer> versions) {
    this(changed, crossed, sampled, transferred, versions, List.of());
  }

  /** To one version of each question. */
  public TestedAnswers(
      List<ChangedAnswer> changed,
      List<CrossedAnswer> crossed,
      List<SampledAnswer> sampled,
      List<TransferredAnswer> transferred) {
    this(changed, crossed, sampled, transferred, List.of());
  }

  /** To no other data. */
  public TestedAnswers(
      List<ChangedAnswer> changed, List<CrossedAnswer> crossed, List<SampledAnswer> sampled) {
    this(changed, crossed, sampled, List.of());
  }

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
    transferred = List.copyOf(transferred);
    versions = List.copyOf(versions);
    passages = List.copyOf(passages);
  }

  /** The answers under one change. */
  List<ChangedAnswer> under(QuestionChange change) {
    return changed.stream().filter(answer -> answer.change() == change).toList();
  }

  /** Those of some of the test questions; of crossed ones, text and picture are both of these. */
  TestedAnswers only(Predicate<String> ids) {
    return new TestedAnswers(
        changed.stream().filter(each -> ids.test(each.id())).toList(),
        crossed.stream().filter(each -> ids.test(each.text()) && ids.test(each.picture())).toList(),
        sampled.stream().filter(each -> ids.test(each.id())).toList(),
        transferred,
        versions.stream().filter(each -> ids.test(each.id())).toList(),
        passages.stream().filter(each -> ids.test(each.id())).toList());
  }
}
