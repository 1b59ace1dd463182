package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.loop.MetricsLine;
import dev.fusebox.training.task.AttentionMap;
import dev.fusebox.training.task.OptionProbabilities;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One run with everything a reader may want to know of it.
 *
 * @param result what became of it
 * @param fusion how vision met language, by name
 * @param config the resolved config
 * @param facts provenance, figures, times: name → text, in the order in which they are shown
 * @param stages it was made of
 * @param rationales what the stage before the answer wrote, if there was one
 * @param options how probable it found the options of the test questions, where they were ranked
 * @param metrics figures and gates by step, of one stage after the other
 * @param attention where it looked in the pictures of some questions
 * @param tested what it said when it was asked otherwise
 */
public record ReportedRun(
    RunResult result,
    String fusion,
    JsonNode config,
    Map<String, String> facts,
    List<StageRecord> stages,
    Optional<StagePredictions> rationales,
    List<OptionProbabilities> options,
    List<OfStage<MetricsLine>> metrics,
    List<OfStage<AttentionMap>> attention,
    TestedAnswers tested) {

  /** The fact when the run was put together. */
  static final String FINISHED = "finished";

  /** The fact when its answers were known first, where that was earlier. */
  static final String EVALUATED = "evaluated first";

  /** A run that was asked the test questions as they are, and nothing else. */
  public ReportedRun(
      RunResult result,
      String fusion,
      JsonNode config,
      Map<String, String> facts,
      List<StageRecord> stages,
      Optional<StagePredictions> rationales,
      List<OptionProbabilities> options,
      List<OfStage<MetricsLine>> metrics,
      List<OfStage<AttentionMap>> attention) {
    this(
        result,
        fusion,
        config,
        facts,
        stages,
        rationales,
        options,
        metrics,
        attention,
        TestedAnswers.NONE);
  }

  public ReportedRun {
    stages = List.copyOf(stages);
    options = List.copyOf(options);
    metrics = List.copyOf(metrics);
    attention = List.copyOf(attention);
  }

  /** What it said of some of the test questions; what it learnt is the same. */
  ReportedRun only(Predicate<String> ids) {
    return new ReportedRun(
        result instanceof RunResult.Finished finished ? only(finished, ids) : result,
        fusion,
        config,
        facts,
        stages,
        rationales.map(
            written -> new StagePredictions(written.decoding(), only(written.texts(), ids))),
        options.stream().filter(each -> ids.test(each.id())).toList(),
        metrics,
        attention.stream().filter(each -> ids.test(each.line().id())).toList(),
        tested.only(ids));
  }

  private static RunResult only(RunResult.Finished run, Predicate<String> ids) {
    return new RunResult.Finished(
        run.variant(), run.repeat(), run.decoding(), only(run.predictions(), ids));
  }

  private static List<Prediction> only(List<Prediction> texts, Predicate<String> ids) {
    return texts.stream().filter(each -> ids.test(each.id())).toList();
  }

  /** Since when its answers are known; empty where it has not ended. */
  Optional<Instant> known() {
    return Stream.of(EVALUATED, FINISHED)
        .map(facts::get)
        .filter(Objects::nonNull)
        .findFirst()
        .map(Instant::parse);
  }

  /** What people call it: {@code gated seed 1}. */
  public String name() {
    return result.title();
  }
}
