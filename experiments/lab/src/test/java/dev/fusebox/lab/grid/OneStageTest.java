package dev.fusebox.lab.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.typesafe.config.ConfigFactory;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.ablation.TrackingSettings;
import dev.fusebox.lab.ablation.Variant;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.lab.lease.Lease;
import dev.fusebox.lab.lease.LeaseTimes;
import dev.fusebox.lab.lease.Leases;
import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneStageTest {

  private static final Stage DATA = stage("data", progress -> Map.of());
  private static final Stage TEXT = stage("text", progress -> Map.of(), DATA);
  private static final AblationPlan PLAN = plan(DATA, TEXT);

  /** What a stage does with its directory left out. */
  @FunctionalInterface
  private interface Work {
    Map<String, Number> run(StageProgress progress) throws IOException;
  }

  private static Stage stage(String title, Work work, Stage... inputs) {
    return new Stage(
        StageKind.TRAINING,
        title,
        StageRole.TRAINING,
        JsonNodeFactory.instance.textNode(title),
        List.of(inputs),
        title,
        (directory, found, progress) -> work.run(progress));
  }

  private static AblationPlan plan(Stage... stages) {
    List<Stage> all = List.of(stages);
    Variant variant = new Variant("text", null, ConfigFactory.empty().root());
    RunPlan run = new RunPlan(all, all.get(all.size() - 1));
    Experiment experiment =
        new Experiment(
            "mine",
            "mine.conf",
            "",
            List.of(1L),
            List.of(),
            List.of(variant),
            Map.of(),
            List.of(),
            List.of(),
            1,
            List.of(),
            List.of(),
            Optional.empty(),
            new TrackingSettings(Optional.empty(), Optional.empty()));
    return new AblationPlan(
        experiment, List.of(new PlannedRun(variant, Repeat.of(1), run)), List.of());
  }

  /** Notes what it is told. */
  private static final class Notes implements AblationListener {

    private final List<String> told = new ArrayList<>();

    @Override
    public StageProgress begins(PlannedRun run, Stage stage) {
      told.add("begins");
      return StageProgress.SILENT;
    }

    @Override
    public void ended(PlannedRun run, Stage stage, StageEnd end) {
      told.add(end.toString());
    }

    @Override
    public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {}
  }

  @TempDir Path root;
  private OneStage one;
  private final Notes notes = new Notes();

  @BeforeEach
  void open() {
    StageStore store = new StageStore(root, new FileHashes(root.resolve(".hashes"), false));
    one = new OneStage(new StageRunner(store), store);
  }

  private StageEnding compute(Stage stage) throws IOException {
    return one.compute(plan(stage), stage.name(), notes);
  }

  @Test
  void itIsMadeOnceInputsFirst() throws IOException {
    StageEnding early = one.compute(PLAN, TEXT.name(), notes);
    assertThat(early.end()).isEqualTo(StageEnding.End.INPUTS_MISSING);
    assertThat(early.reason())
        .isEqualTo(
            "text (%s): on %s its inputs are not there: data (%s)"
                .formatted(TEXT.name(), Holder.thisHost(), DATA.name()));
    assertThat(one.compute(PLAN, DATA.name(), notes).end()).isEqualTo(StageEnding.End.DONE);
    assertThat(one.compute(PLAN, DATA.name(), notes).end()).isEqualTo(StageEnding.End.THERE);
    assertThat(one.compute(PLAN, TEXT.name(), notes).end()).isEqualTo(StageEnding.End.DONE);
    assertThat(notes.told).containsExactly("begins", "FINISHED", "begins", "FINISHED");
  }

  @Test
  void whatIsUnderWayIsLeftToItsHolder() throws IOException {
    try (Lease lease =
        new Leases(root.resolve(".locks"), LeaseTimes.USUAL).take(DATA.name()).orElseThrow()) {
      lease.requireHeld();
      StageEnding ending = compute(DATA);
      assertThat(ending.end()).isEqualTo(StageEnding.End.ELSEWHERE);
      assertThat(ending.reason())
          .isEqualTo(
              "process %d on %s".formatted(ProcessHandle.current().pid(), Holder.thisHost()));
    }
    assertThat(notes.told).isEmpty();
  }

  @Test
  void whyItFailedIsToldAndWhetherAnotherAttemptMayHelp() throws IOException {
    StageEnding wrong =
        compute(
            stage(
                "wrong",
                progress -> {
                  throw new UserError("heads must divide the width");
                }));
    assertThat(wrong)
        .extracting(StageEnding::end, StageEnding::reason, StageEnding::mayPass)
        .containsExactly(StageEnding.End.FAILED, "heads must divide the width", false);
    StageEnding crash =
        compute(
            stage(
                "crash",
                progress -> {
                  throw new OutOfMemoryError("too large");
                }));
    assertThat(crash)
        .extracting(StageEnding::end, StageEnding::reason, StageEnding::mayPass)
        .containsExactly(StageEnding.End.FAILED, "java.lang.OutOfMemoryError: too large", true);
    assertThat(notes.told).containsExactly("begins", "FAILED", "begins", "FAILED");
  }

  @Test
  void aFullDiskAndAStopAreNoFailures() throws IOException {
    Stage full =
        stage(
            "full",
            progress -> {
              throw new FileSystemException("file", null, "No space left on device");
            });
    assertThat(compute(full).end()).isEqualTo(StageEnding.End.DISK_FULL);
    Stage stopped =
        stage(
            "stopped",
            progress -> {
              throw new StageCancelled();
            });
    assertThat(compute(stopped).end()).isEqualTo(StageEnding.End.STOPPED);
  }

  @Test
  void aStageOfAnotherPlanIsRefused() {
    assertThatThrownBy(() -> one.compute(PLAN, "training-0", notes))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "mine.conf has no stage training-0 as %s sees it: config, data, checkpoints or code"
                .formatted(Holder.thisHost()));
  }

  @Test
  void anEndingIsReadAsItWasWritten() {
    for (StageEnding.End end : StageEnding.End.values()) {
      StageEnding ending = new StageEnding("training-0", end, "because", true);
      assertThat(StageEnding.of(ending.json())).isEqualTo(ending);
    }
  }

  @Test
  void anotherProgramIsRefusedWithBothNamed() {
    Planner here = new Planner("fusebox 2, DJL 1, Java 17", "node1");
    here.requireLike(Planner.of("fusebox 2, DJL 1, Java 17 on the front end"));
    assertThatThrownBy(() -> here.requireLike(Planner.of("fusebox 2, DJL 1, Java 21 on front")))
        .hasMessage(
            "node1 has fusebox 2, DJL 1, Java 17, but the plan was made on front with fusebox 2,"
                + " DJL 1, Java 21. Give all machines the same");
    assertThat(Planner.of(here.text())).isEqualTo(here);
  }
}
