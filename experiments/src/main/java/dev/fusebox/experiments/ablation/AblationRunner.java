package dev.fusebox.experiments.ablation;

import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.pipeline.RunPlanner;
import dev.fusebox.experiments.pipeline.Stage;
import dev.fusebox.experiments.pipeline.StageCancelled;
import dev.fusebox.experiments.pipeline.StageRunner;
import dev.fusebox.experiments.report.RunResult;
import dev.fusebox.experiments.store.StageFolder;
import dev.fusebox.experiments.store.StageStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs every cell of an experiment, one after the other. A cell that fails is a result too. */
public final class AblationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(AblationRunner.class);

  private final RunPlanner planner;
  private final StageRunner stages;
  private final StageStore store;
  private final RunBook book;

  /** A runner; everything it needs is given. */
  @Inject
  public AblationRunner(RunPlanner planner, StageRunner stages, StageStore store, RunBook book) {
    this.planner = planner;
    this.stages = stages;
    this.store = store;
    this.book = book;
  }

  /**
   * Lays out all runs.
   *
   * @throws UserError if data or checkpoints are not there
   */
  public AblationPlan plan(Experiment experiment) throws IOException {
    List<PlannedRun> runs = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      for (long seed : experiment.seeds()) {
        runs.add(new PlannedRun(variant, seed, planner.plan(variant.recipe(), seed)));
      }
    }
    return new AblationPlan(experiment, runs);
  }

  /**
   * Runs what is not done yet.
   *
   * @return one result for each run, in their order
   * @throws StageCancelled if a listener asked to stop
   */
  public List<RunResult> run(AblationPlan plan, AblationListener listener) throws IOException {
    book.open(plan);
    List<RunResult> results = new ArrayList<>();
    for (PlannedRun run : plan.runs()) {
      Optional<RunResult> before = book.find(plan, run);
      Instant start = Instant.now();
      RunResult result = before.isPresent() ? before.get() : attempt(plan, run, listener);
      Duration took = before.isPresent() ? Duration.ZERO : Duration.between(start, Instant.now());
      listener.ended(run, result, book.figures(run, result), took);
      results.add(result);
    }
    return results;
  }

  private RunResult attempt(AblationPlan plan, PlannedRun run, AblationListener listener)
      throws IOException {
    try {
      Map<Stage, StageFolder> results = new LinkedHashMap<>();
      for (Stage stage : run.plan().stages()) {
        results.put(stage, result(run, stage, listener));
      }
      return book.finished(plan, run, results);
    } catch (StageCancelled e) {
      throw e;
    } catch (UserError | IOException e) {
      return failed(plan, run, e);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.debug("{} failed", run.title(), e);
      return failed(plan, run, e);
    }
  }

  private StageFolder result(PlannedRun run, Stage stage, AblationListener listener)
      throws IOException {
    Optional<StageFolder> done = store.find(stage.name());
    if (done.isPresent()) {
      return done.get();
    }
    StageFolder folder = stages.run(stage, listener.begins(run, stage));
    listener.ended(run, stage);
    return folder;
  }

  private RunResult failed(AblationPlan plan, PlannedRun run, Throwable cause) throws IOException {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return book.failed(plan, run, message.lines().findFirst().orElse("no reason given"));
  }
}
