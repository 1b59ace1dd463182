package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.MajorityLab.TWO_VARIANTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.lab.ablation.MajorityLab.SilentListener;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid that was stopped, or whose results were cut short, and goes on. */
class InterruptedAblationTest {

  @TempDir Path folder;
  private MajorityLab lab;

  @BeforeEach
  void open() {
    lab = MajorityLab.in(folder);
  }

  @Test
  void aStopLetsAllWorkersSave() throws IOException {
    lab.notes.stopAfter = 14;
    assertThatThrownBy(() -> lab.run(TWO_VARIANTS + "ablation.jobs = 3"))
        .isInstanceOf(StageCancelled.class);
    lab = MajorityLab.in(folder);
    assertThat(lab.runner.run(lab.plan(TWO_VARIANTS + "ablation.jobs = 3"), new SilentListener()))
        .hasSize(4)
        .allMatch(RunResult.Finished.class::isInstance);
  }

  @Test
  void whatWasInterruptedGoesOnWhereItStopped() throws IOException {
    lab.notes.stopAfter = 14;
    assertThatThrownBy(() -> lab.run(TWO_VARIANTS)).isInstanceOf(StageCancelled.class);
    int before = lab.model.steps;
    assertThat(before).isEqualTo(14);
    lab = MajorityLab.in(folder);
    lab.run(TWO_VARIANTS);
    assertThat(before + lab.model.steps).isEqualTo(4 * MajorityModel.STEPS);
  }

  /** Cells of the settings before lie in the same folders and are none of the experiment's. */
  @Test
  void anInterruptedOverrideDoesNotMixWithWhatWasThere() throws IOException {
    lab.run(TWO_VARIANTS);
    assertThat(lab.report().ablation().runs())
        .hasSize(4)
        .doesNotHaveAnyElementsOfTypes(RunResult.NotMade.class);
    lab = MajorityLab.in(folder);
    lab.notes.stopAfter = MajorityModel.STEPS + 4;
    assertThatThrownBy(() -> lab.run(TWO_VARIANTS + "training.steps = 60"))
        .isInstanceOf(StageCancelled.class);
    List<RunResult> shown = lab.report().ablation().runs();
    assertThat(shown.get(0)).isInstanceOf(RunResult.Finished.class);
    assertThat(shown.subList(1, 4))
        .containsExactly(
            new RunResult.NotMade("text", Repeat.of(2)),
            new RunResult.NotMade("caption", Repeat.of(1)),
            new RunResult.NotMade("caption", Repeat.of(2)));
  }

  @Test
  void halfWrittenResultsAreMadeAgain() throws IOException {
    AblationPlan plan = lab.plan(TWO_VARIANTS);
    lab.runner.run(plan, lab.notes);
    Stage answer = plan.runs().get(0).plan().answer();
    Path whole = lab.root.stages().resolve(answer.name());
    Files.delete(whole.resolve("stage.json"));
    Path run = lab.root.path().resolve("mine/text-seed1/run.json");
    Files.delete(run);
    lab = MajorityLab.in(folder);
    lab.run(TWO_VARIANTS);
    assertThat(lab.notes.lines).contains("text seed 1: answer, writing", "text seed 1 done");
    assertThat(whole.resolve("stage.json")).exists();
    assertThat(run).exists();
  }

  @Test
  void nothingUnfinishedIsLeft() throws IOException {
    lab.run(TWO_VARIANTS);
    try (Stream<Path> files = Files.walk(lab.root.path())) {
      assertThat(files.map(Path::toString))
          .noneMatch(file -> file.endsWith(".partial") || file.endsWith(".unfinished"));
    }
  }
}
