package dev.fusebox.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.ablation.StageSite;
import dev.fusebox.lab.grid.Planner;
import dev.fusebox.lab.grid.StageEnding;
import dev.fusebox.lab.grid.StageEvents;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Computes stages through Spark: each as {@code fusebox stage} on a machine that Spark chooses. All
 * that can be computed are handed over at once; which is next, and where, is Spark's to say. What
 * the children tell comes by a file beside the results, which the machines share anyway.
 */
public final class SparkSite implements StageSite {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HERE = Path.of("").toAbsolutePath().toString();
  private static final int AT_ONCE = 1024;
  private static final int LOOK_MILLISECONDS = 200; // of one stage; of many as seldom again
  private static final int LOOK_SHARE = 5; // milliseconds more for each stage that is looked at
  private static final int LATE_SECONDS = 90; // what NFS may take to show a folder

  private final SparkProcess spark;
  private final StageStore store;
  private final Path logs;
  private final List<String> command;
  private final BooleanSupplier cancelled;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger lookedAt = new AtomicInteger();

  /**
   * Stages of one plan.
   *
   * @param command what computes a stage there, its key left out
   * @param cancelled whether all is to stop
   */
  public SparkSite(
      SparkProcess spark,
      StageStore store,
      ResultsRoot root,
      List<String> command,
      BooleanSupplier cancelled) {
    this.spark = spark;
    this.store = store;
    this.logs = logs(root);
    this.command = List.copyOf(command);
    this.cancelled = cancelled;
  }

  /** Where children say what they do, until their stage is there. */
  public static Path logs(ResultsRoot root) {
    return root.stages().resolve(".logs").toAbsolutePath().normalize();
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  @Override
  public boolean sharesCores() {
    return false;
  }

  @Override
  public Optional<StageFolder> attempt(PlannedRun run, Stage stage, Supplier<StageProgress> begins)
      throws IOException {
    if (store.holder(stage.name()).isPresent()) {
      return Optional.empty(); // no slot of the cluster waits for another process
    }
    String id = "stage-" + count.incrementAndGet();
    Path file = logs.resolve(stage.name() + ".jsonl");
    Following following = new Following(new EventFile(file), begins);
    String title = run.title() + "   " + stage.title();
    CompletableFuture<SparkProcess.TaskEnd> asked = spark.compute(id, title, words(run, stage));
    lookedAt.incrementAndGet();
    try {
      SparkProcess.TaskEnd answer = await(asked, id, following);
      following.look();
      Files.deleteIfExists(file);
      return folder(stage, answer);
    } finally {
      lookedAt.decrementAndGet();
    }
  }

  private List<String> words(PlannedRun run, Stage stage) {
    List<String> words = new ArrayList<>(List.of(HERE, logs.toString(), stage.name()));
    words.addAll(command);
    words.addAll(
        List.of(
            stage.name(),
            "--run=" + run.folder(),
            "--json",
            "--until-input-ends",
            "--planned-by=" + Planner.here().text()));
    return words;
  }

  private SparkProcess.TaskEnd await(
      CompletableFuture<SparkProcess.TaskEnd> asked, String id, Following following)
      throws IOException {
    boolean cancelling = false;
    while (true) {
      try {
        int pause = Math.max(LOOK_MILLISECONDS, LOOK_SHARE * lookedAt.get());
        return asked.get(pause, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        following.look();
        if (!cancelling && (cancelled.getAsBoolean() || following.cancelled())) {
          cancelling = true;
          spark.cancel(id);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while Spark computed");
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private Optional<StageFolder> folder(Stage stage, SparkProcess.TaskEnd answer)
      throws IOException {
    if (cancelled.getAsBoolean() || spark.hasEnded()) {
      throw new StageCancelled();
    }
    if (!answer.ended()) {
      throw new UserError("%s: Spark has given up: %s".formatted(stage, answer.text()));
    }
    StageEnding ending = StageEnding.of(JSON.readTree(answer.text()));
    return switch (ending.end()) {
      case DONE, THERE -> Optional.of(shown(stage));
      case ELSEWHERE -> Optional.empty();
      case STOPPED -> throw new StageCancelled();
      case DISK_FULL ->
          throw new UserError(ending.reason(), new IOException("No space left on device"));
      case FAILED, REFUSED, INPUTS_MISSING -> throw new UserError(ending.reason());
    };
  }

  /** A folder that another machine made may be seen a while later. */
  private StageFolder shown(Stage stage) throws IOException {
    for (int second = 0; second < LATE_SECONDS; second++) {
      Optional<StageFolder> folder = store.find(stage.name());
      if (folder.isPresent()) {
        return folder.get();
      }
      pause();
    }
    throw new UserError(
        "%s: was made, but this machine does not see it: is %s the same folder on all machines?"
            .formatted(stage, logs.getParent()));
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a result was awaited");
    }
  }

  /** Tells the listener of this program what the child says. */
  private static final class Following {

    private final EventFile file;
    private final Supplier<StageProgress> begins;
    private StageProgress progress; // null until the child has begun
    private String host = "";

    Following(EventFile file, Supplier<StageProgress> begins) {
      this.file = file;
      this.begins = begins;
    }

    void look() throws IOException {
      for (JsonNode event : file.next()) {
        if (StageEvents.isBegun(event)) {
          host = event.path("host").asText();
          progress = progress == null ? begins.get() : progress;
          progress.say(host);
        } else if (progress != null) {
          StageEvents.tell(event, host, progress);
        }
      }
    }

    boolean cancelled() {
      return progress != null && progress.cancelled();
    }
  }
}
