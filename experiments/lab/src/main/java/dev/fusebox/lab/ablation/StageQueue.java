package dev.fusebox.lab.ablation;

import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.training.work.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stages that wait to be computed, for several workers. Each comes up once its inputs are
 * there, the earliest in the plan first; what only failed runs need never does. What another process
 * computes comes up again a while later, when there is nothing else to do or when it may be there.
 */
final class StageQueue {

  /** Between two looks at what another process computes. */
  private static final Duration TURN = Duration.ofMillis(500);

  private final Set<PlannedRun> open;
  private final Set<Stage> waiting = new LinkedHashSet<>();
  private final Map<Stage, StageFolder> finished = new LinkedHashMap<>();
  private final Set<Stage> underWay = new HashSet<>();
  private final Map<Stage, Long> elsewhere = new HashMap<>(); // when it was looked at, nanoseconds
  private boolean stopped;

  /** The stages of these runs. */
  StageQueue(List<PlannedRun> runs) {
    open = new LinkedHashSet<>(runs);
    runs.forEach(run -> waiting.addAll(run.plan().stages()));
  }

  /**
   * Work on one stage.
   *
   * @param run the first that needs it
   */
  record Task(PlannedRun run, Stage stage) {}

  /**
   * The next stage; empty if none is left. Waits while others compute what the rest needs. Whoever
   * takes a stage says how it ended.
   */
  synchronized Optional<Task> next() throws InterruptedException {
    Optional<Task> ready = ready();
    while (ready.isEmpty() && !stopped && !(underWay.isEmpty() && elsewhere.isEmpty())) {
      wait(elsewhere.isEmpty() ? 0 : TURN.toMillis());
      ready = ready();
    }
    ready.ifPresent(this::take);
    return ready;
  }

  private Optional<Task> ready() {
    return stopped
        ? Optional.empty()
        : waiting.stream()
            .filter(stage -> !looked(stage))
            .filter(stage -> finished.keySet().containsAll(stage.inputs()))
            .flatMap(stage -> users(stage).stream().limit(1).map(run -> new Task(run, stage)))
            .findFirst();
  }

  private boolean looked(Stage stage) {
    Long last = elsewhere.get(stage);
    return last != null && System.nanoTime() - last < TURN.toNanos();
  }

  private void take(Task task) {
    waiting.remove(task.stage());
    elsewhere.remove(task.stage());
    underWay.add(task.stage());
  }

  /** The open runs that need a stage. */
  private List<PlannedRun> users(Stage stage) {
    return open.stream().filter(run -> run.plan().stages().contains(stage)).toList();
  }

  /**
   * A stage has its result.
   *
   * @return the runs that this completes
   */
  synchronized List<PlannedRun> finished(Stage stage, StageFolder folder) {
    finished.put(stage, folder);
    List<PlannedRun> complete =
        users(stage).stream()
            .filter(run -> finished.keySet().containsAll(run.plan().stages()))
            .toList();
    ended(stage, complete);
    return complete;
  }

  /** Another process computes a stage: others come first. */
  synchronized void elsewhere(Stage stage) {
    underWay.remove(stage);
    waiting.add(stage);
    elsewhere.put(stage, System.nanoTime());
    notifyAll();
  }

  /**
   * A stage failed.
   *
   * @return the runs that fail with it
   */
  synchronized List<PlannedRun> failed(Stage stage) {
    List<PlannedRun> lost = users(stage);
    ended(stage, lost);
    return lost;
  }

  private void ended(Stage stage, List<PlannedRun> runs) {
    runs.forEach(open::remove);
    elsewhere.keySet().removeIf(each -> users(each).isEmpty());
    underWay.remove(stage);
    notifyAll();
  }

  /** The results of a complete run. */
  synchronized Map<Stage, StageFolder> results(PlannedRun run) {
    Map<Stage, StageFolder> results = new LinkedHashMap<>();
    run.plan().stages().forEach(stage -> results.put(stage, finished.get(stage)));
    return results;
  }

  /** How many stages there are to compute. */
  synchronized int stages() {
    return waiting.size();
  }

  /** Hands out no further stage. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Whether every run has ended. */
  synchronized boolean done() {
    return open.isEmpty();
  }
}
