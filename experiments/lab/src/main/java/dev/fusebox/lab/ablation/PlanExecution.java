package dev.fusebox.lab.ablation;

import dev.fusebox.file.FullDisk;
import dev.fusebox.file.Lines;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.lab.lease.LeaseLost;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.tensor.Cores;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One execution of a plan: workers compute its stages, several at once, and end its runs. */
final class PlanExecution {

  private static final Logger LOG = LoggerFactory.getLogger(PlanExecution.class);

  private final AblationPlan plan;
  private final StageSite site;
  private final StageStore store;
  private final RunBook book;
  private final AblationListener listener;
  private final Map<PlannedRun, RunResult> results = new ConcurrentHashMap<>();
  private final Map<PlannedRun, Instant> begun = new ConcurrentHashMap<>();
  private final Set<Stage> missing = ConcurrentHashMap.newKeySet(); // where this begins
  private final Set<Stage> elsewhere = ConcurrentHashMap.newKeySet();
  private volatile boolean diskFull;

  PlanExecution(
      AblationPlan plan,
      StageSite site,
      StageStore store,
      RunBook book,
      AblationListener listener) {
    this.plan = plan;
    this.site = site;
    this.store = store;
    this.book = book;
    this.listener = listener;
  }

  /** The results of all runs, in their order. */
  List<RunResult> results() throws IOException {
    List<PlannedRun> toDo = new ArrayList<>();
    for (PlannedRun run : plan.runs()) {
      Optional<RunResult> before = book.find(plan, run);
      before.ifPresentOrElse(result -> end(run, result, Duration.ZERO), () -> toDo.add(run));
    }
    for (Stage stage : plan.stages()) {
      if (store.find(stage.name()).isEmpty()) {
        missing.add(stage);
      }
    }
    StageQueue queue = new StageQueue(toDo);
    compute(queue);
    if (!queue.done()) {
      throw new StageCancelled();
    }
    return plan.runs().stream().map(results::get).toList();
  }

  private void compute(StageQueue queue) throws IOException {
    int workers = Math.max(1, Math.min(site.atOnce(), queue.stages()));
    ExecutorService threads = Executors.newFixedThreadPool(workers, PlanExecution::thread);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        Callable<Void> work = () -> work(queue);
        all.add(threads.submit(work));
      }
      await(all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while stages were computed");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UserError refusal) {
        throw refusal;
      }
      if (e.getCause() instanceof IOException trouble) {
        throw trouble;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      queue.stop();
      threads.shutdown();
    }
  }

  /** Any other error ends everything at once; on a full disk the other workers stop first. */
  private void await(List<Future<Void>> all) throws InterruptedException, ExecutionException {
    ExecutionException first = null;
    for (Future<Void> each : all) {
      try {
        each.get();
      } catch (ExecutionException e) {
        first = first == null ? e : first;
        if (!diskFull) {
          break;
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "stages");
    thread.setDaemon(true);
    return thread;
  }

  private Void work(StageQueue queue) throws IOException, InterruptedException {
    if (site.sharesCores()) {
      Cores.shareAmong(site.atOnce());
    }
    try {
      Optional<StageQueue.Task> task = queue.next();
      while (task.isPresent()) {
        compute(task.get(), queue);
        task = queue.next();
      }
      return null;
    } finally {
      queue.stop();
    }
  }

  private void compute(StageQueue.Task task, StageQueue queue) throws IOException {
    Stage stage = task.stage();
    begun.putIfAbsent(task.run(), Instant.now());
    try {
      Optional<StageFolder> folder = result(task.run(), stage);
      if (folder.isEmpty()) {
        leave(task, queue);
        return;
      }
      for (PlannedRun run : queue.finished(stage, folder.get())) {
        finish(run, queue);
      }
    } catch (StageCancelled e) {
      queue.stop();
    } catch (IOException | RuntimeException | Error e) { // a fusion of others may throw anything
      LOG.atDebug().log(() -> stage + " failed\n" + Lines.trace(e));
      lose(queue.failed(stage), e);
    }
  }

  /** Another process computes it; this one does something else, or looks again in a while. */
  private void leave(StageQueue.Task task, StageQueue queue) throws IOException {
    Stage stage = task.stage();
    if (elsewhere.add(stage)) {
      String who = store.holder(stage.name()).map(Holder::inWords).orElse("another process");
      listener.elsewhere(task.run(), stage, who);
    }
    if (diskFull || listener.cancelled()) {
      queue.stop();
    }
    queue.elsewhere(stage);
  }

  private void finish(PlannedRun run, StageQueue queue) throws IOException {
    try {
      Optional<RunResult> meanwhile = book.find(plan, run); // by another process
      RunResult result =
          meanwhile.isPresent() ? meanwhile.get() : book.finished(plan, run, queue.results(run));
      end(run, result, took(run));
    } catch (UserError | IOException e) {
      lose(List.of(run), e);
    }
  }

  private Optional<StageFolder> result(PlannedRun run, Stage stage) throws IOException {
    Optional<StageFolder> done = store.find(stage.name());
    Optional<String> damage = store.damage(stage.name());
    damage.ifPresent(what -> LOG.warn("{}; {} is made again", what, stage.title()));
    if (done.isPresent() && damage.isEmpty()) {
      if (missing.remove(stage)) {
        listener.madeElsewhere(run, stage);
      }
      return done;
    }
    return attempt(run, stage);
  }

  private Optional<StageFolder> attempt(PlannedRun run, Stage stage) throws IOException {
    AtomicBoolean made = new AtomicBoolean();
    StageEnd end = StageEnd.FAILED;
    try {
      Optional<StageFolder> folder =
          site.attempt(
              run,
              stage,
              () -> {
                made.set(true);
                return begin(run, stage);
              });
      end = folder.isPresent() ? StageEnd.FINISHED : StageEnd.STOPPED;
      if (folder.isPresent() && missing.remove(stage) && !made.get()) {
        listener.madeElsewhere(run, stage);
      }
      return folder;
    } catch (StageCancelled e) {
      end = StageEnd.STOPPED;
      throw e;
    } catch (LeaseLost e) {
      end = StageEnd.STOPPED;
      LOG.warn("{}: {}", stage, e.getMessage());
      return Optional.empty();
    } finally {
      if (made.get()) {
        listener.ended(run, stage, end);
      }
    }
  }

  /** Where one worker's disk is full the others' is: they save what they can and stop. */
  private StageProgress begin(PlannedRun run, Stage stage) {
    return listener.begins(run, stage).until(() -> diskFull);
  }

  private void lose(List<PlannedRun> runs, Throwable cause) throws IOException {
    Optional<UserError> full = FullDisk.behind(cause);
    if (full.isPresent()) {
      diskFull = true; // no run's fault: none is said to have failed
      throw full.get();
    }
    String reason = Reason.of(cause);
    for (PlannedRun run : runs) {
      end(run, book.failed(plan, run, reason), took(run));
    }
  }

  private Duration took(PlannedRun run) {
    return Duration.between(begun.getOrDefault(run, Instant.now()), Instant.now());
  }

  private void end(PlannedRun run, RunResult result, Duration took) {
    results.put(run, result);
    listener.ended(run, result, book.accuracy(run, result), took);
  }
}
