package dev.fusebox.lab.ablation;

import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.training.work.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The stages that wait to be computed, for several workers. Each comes up once its inputs are
 * there, the earliest in the plan first; what only failed runs need never does. What another
 * process computes comes up again a while later, when there is nothing else to do or when it may be
 * there.
 */
final class StageQueue {

  /** Between two looks at what another process computes. */
  private static final Duration TURN = Duration.ofMillis(500);

  private final Set<PlannedRun> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Stage, List<PlannedRun>> users = new LinkedHashMap<>();
  private final Map<Stage, Integer> place = new HashMap<>(); // in the plan
  private final Map<Stage, List<Stage>> readers = new HashMap<>();
  private final Map<Stage, Integer> missing = new HashMap<>(); // inputs without a result
  private final SortedSet<Stage> ready = new TreeSet<>(Comparator.comparing(place::get));
  private final Map<Stage, StageFolder> finished = new HashMap<>();
  private final Set<Stage> underWay = new HashSet<>();
  private final Map<Stage, Long> elsewhere = new LinkedHashMap<>(); // when looked at, nanoseconds
  private boolean stopped;

  /** The stages of these runs. */
  StageQueue(List<PlannedRun> runs) {
    open.addAll(runs);
    for (PlannedRun run : runs) {
      for (Stage stage : run.plan().stages()) {
        place.putIfAbsent(stage, place.size());
        users.computeIfAbsent(stage, any -> new ArrayList<>()).add(run);
      }
    }
    for (Stage stage : users.keySet()) {
      missing.put(stage, stage.inputs().size());
      stage.inputs().forEach(in -> readers.computeIfAbsent(in, k -> new ArrayList<>()).add(stage));
      if (stage.inputs().isEmpty()) {
        ready.add(stage);
      }
    }
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
    Optional<Task> next = taken();
    while (next.isEmpty() && !stopped && !(underWay.isEmpty() && elsewhere.isEmpty())) {
      wait(elsewhere.isEmpty() ? 0 : TURN.toMillis());
      next = taken();
    }
    return next;
  }

  private Optional<Task> taken() {
    while (!stopped && !ready.isEmpty()) {
      Stage first = ready.first();
      ready.remove(first);
      Optional<Task> task = task(first);
      if (task.isPresent()) {
        return task;
      }
    }
    return stopped ? Optional.empty() : lookedAtLongAgo();
  }

  private Optional<Task> lookedAtLongAgo() {
    Optional<Stage> first = elsewhere.keySet().stream().findFirst();
    if (first.isEmpty() || System.nanoTime() - elsewhere.get(first.get()) < TURN.toNanos()) {
      return Optional.empty();
    }
    elsewhere.remove(first.get());
    return task(first.get());
  }

  /** Empty where only runs that have failed need it. */
  private Optional<Task> task(Stage stage) {
    List<PlannedRun> needing = users(stage);
    if (needing.isEmpty()) {
      return Optional.empty();
    }
    underWay.add(stage);
    return Optional.of(new Task(needing.get(0), stage));
  }

  /** The open runs that need a stage. */
  private List<PlannedRun> users(Stage stage) {
    return users.get(stage).stream().filter(open::contains).toList();
  }

  /**
   * A stage has its result.
   *
   * @return the runs that this completes
   */
  synchronized List<PlannedRun> finished(Stage stage, StageFolder folder) {
    finished.put(stage, folder);
    for (Stage reader : readers.getOrDefault(stage, List.of())) {
      if (missing.merge(reader, -1, Integer::sum) == 0) {
        ready.add(reader);
        notify(); // one worker for each; all of them would look in vain
      }
    }
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
    elsewhere.put(stage, System.nanoTime());
    notifyAll(); // whoever waits does so for a while from now on
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
    if (!runs.isEmpty()) {
      elsewhere.keySet().removeIf(each -> users(each).isEmpty());
    }
    underWay.remove(stage);
    if (underWay.isEmpty() || open.isEmpty()) {
      notifyAll(); // perhaps nothing is left
    }
  }

  /** The results of a complete run. */
  synchronized Map<Stage, StageFolder> results(PlannedRun run) {
    Map<Stage, StageFolder> results = new LinkedHashMap<>();
    run.plan().stages().forEach(stage -> results.put(stage, finished.get(stage)));
    return results;
  }

  /** How many stages there are to compute. */
  synchronized int stages() {
    return users.size();
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
