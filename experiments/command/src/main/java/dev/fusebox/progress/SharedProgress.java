package dev.fusebox.progress;

import dev.fusebox.file.WholeFile;
import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets other processes see how far this one is: a small file in the cache of the results, written
 * anew every two seconds, gone at the end. That it cannot be written disturbs nothing.
 */
public final class SharedProgress implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedProgress.class);
  private static final int SECONDS = 2;

  private final String experiment;
  private final int runs;
  private final Path file;
  private final Instant begun = Instant.now();
  private final Map<Stage, Telling> stages = new ConcurrentHashMap<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(SharedProgress::thread);

  private final ScheduledFuture<?> telling;

  private SharedProgress(AblationPlan plan, int runs, Path cache) {
    String own = ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);
    this.experiment = plan.experiment().name();
    this.runs = runs;
    this.file = cache.resolve(UnderWay.name(own));
    telling = clock.scheduleAtFixedRate(this::tell, 0, SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Begins to tell.
   *
   * @param cache of the results
   */
  public static SharedProgress of(AblationPlan plan, Path cache) {
    return new SharedProgress(plan, plan.runs().size(), cache);
  }

  /** The same of a process that computes one stage, and ends no run. */
  public static SharedProgress ofOneStage(AblationPlan plan, Path cache) {
    return new SharedProgress(plan, 0, cache);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "shared progress");
    thread.setDaemon(true);
    return thread;
  }

  private void tell() {
    try {
      byte[] bytes = now().bytes();
      WholeFile.write(file, output -> output.write(bytes));
    } catch (IOException | RuntimeException e) { // the run itself will say what is wrong
      LOG.debug("{} cannot be written", file, e);
    }
  }

  UnderWay now() {
    List<UnderWay.StageLine> lines = new ArrayList<>();
    stages.values().forEach(each -> lines.add(each.line()));
    return new UnderWay(
        experiment,
        ProcessHandle.current().pid(),
        begun.toString(),
        Instant.now().toString(),
        runs,
        ended.get(),
        lines);
  }

  /** Passes everything on, and tells it. */
  public AblationListener around(AblationListener shown) {
    return new AblationListener() {
      @Override
      public StageProgress begins(PlannedRun run, Stage stage) {
        Telling telling = new Telling(run, stage, shown.begins(run, stage));
        stages.put(stage, telling);
        return telling;
      }

      @Override
      public void ended(PlannedRun run, Stage stage, StageEnd end) {
        shown.ended(run, stage, end);
        stages.remove(stage);
      }

      @Override
      public void ended(
          PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {
        shown.ended(run, result, accuracy, took);
        ended.incrementAndGet();
      }
    };
  }

  /** What is said of one stage. */
  private static final class Telling implements StageProgress {

    private final PlannedRun run;
    private final Stage stage;
    private final StageProgress shown;
    private volatile UnderWay.StageLine line;

    Telling(PlannedRun run, Stage stage, StageProgress shown) {
      this.run = run;
      this.stage = stage;
      this.shown = shown;
      this.line = new UnderWay.StageLine(run.title(), stage.title(), 0, 0, "");
    }

    UnderWay.StageLine line() {
      return line;
    }

    @Override
    public void at(long done, long total) {
      shown.at(done, total);
      line = new UnderWay.StageLine(run.title(), stage.title(), done, total, line.figures());
    }

    @Override
    public void say(String figures) {
      shown.say(figures);
      line = new UnderWay.StageLine(run.title(), stage.title(), line.done(), line.total(), figures);
    }

    @Override
    public void measured(long step, Map<String, Double> figures) {
      shown.measured(step, figures);
    }

    @Override
    public boolean cancelled() {
      return shown.cancelled();
    }
  }

  @Override
  public void close() {
    telling.cancel(false);
    clock.shutdown();
    try {
      clock.awaitTermination(SECONDS, TimeUnit.SECONDS);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted", file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
