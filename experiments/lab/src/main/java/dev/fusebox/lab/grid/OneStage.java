package dev.fusebox.lab.grid;

import dev.fusebox.file.FullDisk;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.Reason;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.lab.lease.LeaseLost;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.work.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes one stage of a plan, for whoever decides which stage is computed when and where. */
public final class OneStage {

  private static final Logger LOG = LoggerFactory.getLogger(OneStage.class);

  private final StageRunner stages;
  private final StageStore store;

  /** Over a store. */
  @Inject
  public OneStage(StageRunner stages, StageStore store) {
    this.stages = stages;
    this.store = store;
  }

  /**
   * Computes it, unless it is there or under way.
   *
   * @param name of the stage, as the plan has it
   * @throws UserError if the plan has none of that name
   */
  public StageEnding compute(AblationPlan plan, String name, AblationListener listener)
      throws IOException {
    PlannedRun run = run(plan, name);
    Stage stage = find(run, name).orElseThrow();
    if (isThere(stage)) {
      return StageEnding.of(name, StageEnding.End.THERE);
    }
    List<Stage> missing = missing(stage);
    if (!missing.isEmpty()) {
      String all = String.join(", ", missing.stream().map(Stage::toString).toList());
      return new StageEnding(
          name,
          StageEnding.End.INPUTS_MISSING,
          "%s: on %s its inputs are not there: %s".formatted(stage, Holder.thisHost(), all),
          true);
    }
    return attempt(run, stage, listener);
  }

  /**
   * Makes sure that a plan has a stage.
   *
   * @throws UserError if it has none of that name
   */
  public static void requireIn(AblationPlan plan, String name) {
    run(plan, name);
  }

  private static PlannedRun run(AblationPlan plan, String name) {
    return plan.runs().stream()
        .filter(run -> find(run, name).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "%s has no stage %s as %s sees it: config, data, checkpoints or code are not those that it was planned with; fusebox plan --json lists its stages"
                        .formatted(plan.experiment().file(), name, Holder.thisHost())));
  }

  private static Optional<Stage> find(PlannedRun run, String name) {
    Stream<Stage> all = run.plan().stages().stream();
    return all.filter(stage -> stage.name().equals(name)).findFirst();
  }

  private boolean isThere(Stage stage) throws IOException {
    return store.find(stage.name()).isPresent() && store.damage(stage.name()).isEmpty();
  }

  private List<Stage> missing(Stage stage) throws IOException {
    List<Stage> missing = new ArrayList<>();
    for (Stage input : stage.inputs()) {
      if (!isThere(input)) {
        missing.add(input);
      }
    }
    return missing;
  }

  private StageEnding attempt(PlannedRun run, Stage stage, AblationListener listener) {
    AtomicBoolean begun = new AtomicBoolean();
    StageEnding ending = ending(run, stage, listener, begun);
    if (begun.get()) {
      listener.ended(run, stage, end(ending));
    }
    return ending;
  }

  private static StageEnd end(StageEnding ending) {
    return switch (ending.end()) {
      case DONE, THERE -> StageEnd.FINISHED;
      case STOPPED, ELSEWHERE -> StageEnd.STOPPED;
      case FAILED, REFUSED, DISK_FULL, INPUTS_MISSING -> StageEnd.FAILED;
    };
  }

  private StageEnding ending(
      PlannedRun run, Stage stage, AblationListener listener, AtomicBoolean begun) {
    String name = stage.name();
    try {
      Optional<StageFolder> folder =
          stages.attempt(
              stage,
              () -> {
                begun.set(true);
                return listener.begins(run, stage);
              });
      return folder.isEmpty()
          ? elsewhere(name, store.holder(name).map(Holder::inWords).orElse("another process"))
          : StageEnding.of(name, begun.get() ? StageEnding.End.DONE : StageEnding.End.THERE);
    } catch (LeaseLost e) {
      return elsewhere(name, e.getMessage());
    } catch (StageCancelled e) {
      return new StageEnding(name, StageEnding.End.STOPPED, e.getMessage(), true);
    } catch (IOException | RuntimeException | Error e) { // a fusion of others may throw anything
      LOG.debug("{} failed", stage, e);
      return failed(name, e);
    }
  }

  private static StageEnding elsewhere(String name, String who) {
    return new StageEnding(name, StageEnding.End.ELSEWHERE, who, true);
  }

  private static StageEnding failed(String name, Throwable trouble) {
    Optional<UserError> full = FullDisk.behind(trouble);
    if (full.isPresent()) {
      return new StageEnding(name, StageEnding.End.DISK_FULL, full.get().getMessage(), true);
    }
    boolean mayPass = !(trouble instanceof UserError);
    return new StageEnding(name, StageEnding.End.FAILED, Reason.of(trouble), mayPass);
  }
}
