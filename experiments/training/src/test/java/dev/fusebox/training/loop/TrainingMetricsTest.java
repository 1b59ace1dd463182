package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.t5.T5Config;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metrics of a training tell. */
class TrainingMetricsTest {

  @TempDir Path temporary;

  private TinyRuns runs() {
    return new TinyRuns(temporary);
  }

  /** A run this short reads them every 25 steps; what is read is the gate, and changes nothing. */
  @Test
  void tellsOfTheGatesAsTheyChange() throws IOException {
    TrainingSettings settings = TinyRuns.halfEpochs(60).build();
    List<JsonNode> lines =
        TinyRuns.metrics(
                runs().train("run", TinyTask.in(temporary, settings), StageProgress.SILENT))
            .stream()
            .filter(line -> line.has("gates"))
            .toList();
    assertThat(lines).extracting(line -> line.get("step").asInt()).containsExactly(1, 25, 50, 60);
    assertThat(lines)
        .extracting(line -> line.get("gates").get("share").asDouble())
        .doesNotHaveDuplicates()
        .allMatch(gate -> gate > 0);
    Map<String, String> text =
        runs()
            .train(
                "text",
                TinyTask.in(temporary, TinyRuns.settings(), FusionSettings.NONE),
                StageProgress.SILENT);
    assertThat(text.get("metrics.jsonl")).doesNotContain("gates");
  }

  /** They are part of the loss, whatever parts a batch is computed in. */
  @Test
  void tellsOfEachLossThatTheFusionAddsAtEveryStep() throws IOException {
    FusionSettings penalising = new FusionSettings("added", new TinyTask.AddedConfig(true));
    TrainingTask task = TinyTask.in(temporary, TrainingSettingsBuilder.plain(20), penalising);
    List<JsonNode> with = TinyRuns.metrics(runs().train("with", task, StageProgress.SILENT));
    assertThat(TinyRuns.steps(with))
        .hasSize(20)
        .allMatch(line -> line.get("loss.size").asDouble() > 0);
    TrainingTask plain = TinyTask.in(temporary, TrainingSettingsBuilder.plain(20));
    List<JsonNode> without = TinyRuns.metrics(runs().train("without", plain, StageProgress.SILENT));
    assertThat(without).noneMatch(line -> line.has("loss.size"));
    JsonNode first = with.get(0);
    assertThat(first.get("loss").asDouble() - first.get("loss.size").asDouble())
        .isCloseTo(without.get(0).get("loss").asDouble(), within(1e-5));
    assertThat(TinyRuns.steps(with).get(19).get("loss.size").asDouble())
        .isLessThan(first.get("loss.size").asDouble());
  }

  /** Half of the step's questions are in each part: what is added is a mean over all of them. */
  @Test
  void whereNothingIsWrittenItLearnsFromWhatTheFusionAdds() throws IOException {
    FusionSettings penalising = new FusionSettings("added", new TinyTask.AddedConfig(true));
    TrainingTask writing = TinyTask.in(temporary, TrainingSettingsBuilder.plain(20), penalising);
    TrainingTask task = TinyTask.writingNothing(writing);
    List<JsonNode> lines = TinyRuns.metrics(runs().train("run", task, StageProgress.SILENT));
    assertThat(TinyRuns.steps(lines))
        .allSatisfy(
            line ->
                assertThat(line.get("loss").asDouble())
                    .isEqualTo(line.get("loss.size").asDouble()));
    JsonNode first =
        TinyRuns.metrics(runs().train("writing", writing, StageProgress.SILENT)).get(0);
    assertThat(lines.get(0).get("loss").asDouble())
        .isCloseTo(first.get("loss.size").asDouble(), within(1e-6));
    assertThat(TinyRuns.steps(lines).get(19).get("loss").asDouble())
        .isLessThan(lines.get(0).get("loss").asDouble());
  }

  /** Of the first step alone, once, however often it was interrupted. */
  @Test
  void countsTheOperationsOfAnExample() throws IOException {
    TrainingTask task = TinyTask.in(temporary, TrainingSettingsBuilder.plain(20));
    List<JsonNode> lines = TinyRuns.metrics(runs().train("run", task, StageProgress.SILENT));
    assertThat(lines.stream().filter(line -> line.has("operations")))
        .singleElement()
        .satisfies(line -> assertThat(line.get("step").asInt()).isEqualTo(1));
    double counted = lines.get(0).get("operations").asDouble();
    Path again = temporary.resolve("again");
    assertThatThrownBy(() -> TinyTask.trainer().train(task, again, TinyTask.stopAfter(3)))
        .isInstanceOf(StageCancelled.class);
    assertThat(TinyTask.trainer().train(task, again, StageProgress.SILENT).operations())
        .isEqualTo(counted);
  }

  /**
   * Against the sizes of T5's matrices: each product is followed by two on the way back. Width and
   * heads together are 16, feed-forwards 32, one layer each.
   */
  @Test
  void operationsAreThoseOfTheArchitecture() throws IOException {
    BatchSettings oneBatch = new BatchSettings(30, BatchFill.QUESTIONS, 1, 1, false);
    TrainingSettings settings =
        TrainingSettingsBuilder.learning(1, 0.01).batching(oneBatch).build();
    TrainingTask task = TinyTask.in(temporary, settings, FusionSettings.NONE);
    Path run = temporary.resolve("run");
    double counted = TinyTask.trainer().train(task, run, StageProgress.SILENT).operations();
    double read = task.train().stream().mapToInt(each -> each.source().length).max().orElseThrow();
    double written = 2;
    double vocabulary = T5Config.read(run.resolve("checkpoint/config.json")).vocabulary();
    double projections = 16 * 16 * (4 * read + 4 * written + 2 * written + 2 * read);
    double attention = 16 * 2 * (read * read + written * written + written * read);
    double feedForward = 2 * 16 * 32 * (read + written);
    double head = 16 * vocabulary * written;
    assertThat(counted)
        .isCloseTo(3 * 2 * (projections + attention + feedForward + head), withinPercentage(0.01));
  }
}
