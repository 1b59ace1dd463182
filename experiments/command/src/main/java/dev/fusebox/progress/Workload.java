package dev.fusebox.progress;

import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.Estimates;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How much there is to do, and how much of it is done: in milliseconds as far as they are known.
 */
public final class Workload {

  private final Map<Stage, Long> toDo = new HashMap<>();
  private final Map<Stage, Double> underWay = new HashMap<>();
  private final Set<PlannedRun> runs = new HashSet<>();
  private final long total;
  private long behind;

  /** The work of a plan that the store does not hold yet. */
  public Workload(AblationPlan plan, StageStore store) throws IOException {
    Estimates estimates = Estimates.from(store);
    for (Map.Entry<Stage, java.util.List<PlannedRun>> entry : plan.users().entrySet()) {
      Stage stage = entry.getKey();
      if (store.find(stage.name()).isEmpty()) {
        toDo.put(stage, Math.round(1000 * estimates.seconds(stage).orElse(guess(stage))));
        runs.addAll(entry.getValue());
      }
    }
    total = Math.max(1, toDo.values().stream().mapToLong(Long::longValue).sum());
  }

  private Workload() {
    total = 1;
  }

  /** Work that nobody measures. */
  static Workload unmeasured() {
    return new Workload();
  }

  /** Seconds where nothing is known: only their proportions matter, for the whole's bar. */
  private static double guess(Stage stage) {
    return switch (stage.kind()) {
      case DATA -> 5;
      case PRETRAINING -> 60;
      case TRAINING -> 30;
      case PREDICTION -> 6;
    };
  }

  int runsToDo() {
    return runs.size();
  }

  long total() {
    return total;
  }

  /** What is done. */
  synchronized long behind() {
    double begun = 0;
    for (Map.Entry<Stage, Double> each : underWay.entrySet()) {
      begun += each.getValue() * toDo.getOrDefault(each.getKey(), 0L);
    }
    return behind + Math.round(begun);
  }

  /** So much of a stage is done, from 0 to 1. */
  synchronized void at(Stage stage, double share) {
    underWay.put(stage, share);
  }

  synchronized void done(Stage stage) {
    underWay.remove(stage);
    behind += toDo.getOrDefault(stage, 0L);
  }
}
