package dev.fusebox.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationModule;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.AblationRunner;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.plan.FusionModule;
import dev.fusebox.lab.plan.PipelineModule;
import dev.fusebox.lab.plan.TrainModule;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedProgressTest {

  private static final AblationListener NOBODY =
      new AblationListener() {
        @Override
        public StageProgress begins(PlannedRun run, Stage stage) {
          return StageProgress.SILENT;
        }

        @Override
        public void ended(PlannedRun run, Stage stage, StageEnd end) {}

        @Override
        public void ended(
            PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {}
      };

  @TempDir private Path folder;

  private AblationPlan plan() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("mine.conf"),
            "data.demo.questions = 30\npipeline.answer.format = QCM-A\nablation.seeds = [1, 2]\n");
    ResultsRoot root = new ResultsRoot(folder.resolve("results"));
    FileHashes hashes = new FileHashes(root.hashes(), false);
    Injector wiring =
        Guice.createInjector(
            new FusionModule(getClass().getClassLoader()),
            new PipelineModule(root.cache(), Optional.empty(), hashes),
            new TrainModule(new Devices(new DeviceName("cpu"))),
            new AblationModule(root, hashes));
    return wiring
        .getInstance(AblationRunner.class)
        .plan(wiring.getInstance(ExperimentReader.class).read(config, List.of()));
  }

  private static void awaitOne(Path cache) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (UnderWay.in(cache, Instant.now()).isEmpty()) {
      assertThat(System.nanoTime()).as("a file in " + cache).isLessThan(end);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anotherProcessSeesWhatIsAtWorkAndNothingAfterwards() throws IOException {
    Path cache = folder.resolve("cache");
    AblationPlan plan = plan();
    PlannedRun first = plan.runs().get(0);
    Stage stage = first.plan().stages().get(1);
    try (SharedProgress shared = SharedProgress.of(plan, cache)) {
      AblationListener listener = shared.around(NOBODY);
      StageProgress progress = listener.begins(first, stage);
      progress.at(30, 120);
      progress.say("loss 0.5");
      assertThat(shared.now().lines(Instant.now()))
          .hasSize(2)
          .last()
          .isEqualTo("  mine seed 1   answer  25 %  loss 0.5");
      awaitOne(cache);
      listener.ended(first, stage, StageEnd.FINISHED);
      listener.ended(
          first, new RunResult.Failed("mine", Repeat.of(1), "no"), Optional.empty(), Duration.ZERO);
      assertThat(shared.now().lines(Instant.now()))
          .singleElement()
          .asString()
          .startsWith("mine: process " + ProcessHandle.current().pid() + " since ")
          .endsWith(", 1 of 2 runs ended");
    }
    assertThat(cache).isEmptyDirectory();
  }

  /** As jobs of a cluster do: each knows one stage and ends no run. */
  @Test
  void aProcessOfOneStageIsSeenToo() throws IOException {
    AblationPlan plan = plan();
    PlannedRun first = plan.runs().get(0);
    try (SharedProgress shared = SharedProgress.ofOneStage(plan, folder.resolve("cache"))) {
      shared.around(NOBODY).begins(first, first.plan().stages().get(1)).at(30, 120);
      assertThat(shared.now().lines(Instant.now())).hasSize(2).last().asString().contains("25 %");
      assertThat(shared.now().lines(Instant.now()).get(0)).endsWith(", one stage");
    }
  }

  @Test
  void whoeverWasKilledFallsSilentAndIsForgotten() throws IOException {
    Instant now = Instant.parse("2026-01-02T00:00:00Z");
    say("a", "2026-01-01T23:59:50Z");
    say("b", "2026-01-01T23:57:00Z");
    say("c", "2025-12-31T23:00:00Z");
    Files.writeString(folder.resolve(".progress-d.json"), "{\"half\": ");
    Files.writeString(folder.resolve("progress.json"), "somebody else's");
    List<UnderWay> all = UnderWay.in(folder, now);
    assertThat(all).extracting(UnderWay::experiment).containsExactly("a", "b");
    assertThat(all.get(0).lines(now))
        .containsExactly(
            "a: process 7 since 1 h 0 min, 1 of 2 runs ended", "  one seed 1   answer  50 %");
    assertThat(all.get(1).lines(now))
        .containsExactly(
            "b: process 7 since 1 h 0 min, 1 of 2 runs ended",
            "  no news for 3 min 0 s: it was killed, or its machine is down");
    assertThat(folder.resolve(".progress-c.json")).doesNotExist();
    assertThat(folder.resolve(".progress-d.json")).exists();
    assertThat(UnderWay.in(folder.resolve("nothing"), now)).isEmpty();
  }

  private void say(String experiment, String told) throws IOException {
    List<UnderWay.StageLine> stages =
        List.of(new UnderWay.StageLine("one seed 1", "answer", 1, 2, ""));
    UnderWay way = new UnderWay(experiment, 7, "2026-01-01T23:00:00Z", told, 2, 1, stages);
    Files.write(folder.resolve(UnderWay.name(experiment)), way.bytes());
  }
}
