package dev.fusebox.lab.ablation;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageCancelled;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Runs every cell of an experiment. A cell that fails is a result too. */
public final class AblationRunner {

  private final RunPlanner planner;
  private final StageRunner stages;
  private final StageStore store;
  private final RunBook book;
  private final Devices devices;

  /** A runner; everything it needs is given. */
  @Inject
  public AblationRunner(
      RunPlanner planner, StageRunner stages, StageStore store, RunBook book, Devices devices) {
    this.planner = planner;
    this.stages = stages;
    this.store = store;
    this.book = book;
    this.devices = devices;
  }

  /**
   * Lays out all runs.
   *
   * @throws UserError if data or checkpoints are not there, or fewer devices than a training has
   *     replicas
   */
  public AblationPlan plan(Experiment experiment) throws IOException {
    return plan(experiment, run -> true);
  }

  /**
   * Lays out some runs, which takes less time than all.
   *
   * @param wanted whether a run's folder is that of one of them
   * @throws UserError if data or checkpoints are not there, or fewer devices than a training has
   *     replicas
   */
  public AblationPlan plan(Experiment experiment, Predicate<String> wanted) throws IOException {
    List<String> notes = new ArrayList<>(book.notes(experiment));
    List<PlannedRun> runs = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      for (Repeat repeat : experiment.repeats()) {
        if (wanted.test(repeat.folder(variant.name()))) {
          runs.add(planned(variant.of(repeat), repeat));
        }
      }
    }
    notes.addAll(book.modelNotes(experiment));
    AblationPlan plan = new AblationPlan(experiment, runs, notes);
    devices.requireReplicas(plan.replicas());
    return plan;
  }

  private PlannedRun planned(Variant variant, Repeat repeat) throws IOException {
    return new PlannedRun(variant, repeat, planner.plan(variant.recipe(), repeat.seed()));
  }

  /**
   * Writes down that runs are to come, for whoever computes their stages one by one; {@link #run}
   * does it by itself.
   */
  public void expect(AblationPlan plan) throws IOException {
    book.runs().expect(plan);
  }

  /**
   * Runs what is not done yet.
   *
   * @return one result for each run, in their order
   * @throws StageCancelled if a listener asked to stop
   */
  public List<RunResult> run(AblationPlan plan, AblationListener listener) throws IOException {
    int workers =
        devices.several() ? devices.groupsOf(plan.replicas()) : plan.experiment().workers();
    return run(plan, StageSite.here(stages, workers), listener);
  }

  /**
   * Runs what is not done yet.
   *
   * @param site where its stages are computed
   * @return one result for each run, in their order
   * @throws StageCancelled if a listener asked to stop
   */
  public List<RunResult> run(AblationPlan plan, StageSite site, AblationListener listener)
      throws IOException {
    book.runs().open(plan);
    return new PlanExecution(plan, site, store, book, listener).results();
  }
}
