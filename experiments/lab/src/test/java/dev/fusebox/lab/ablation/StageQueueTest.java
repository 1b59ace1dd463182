package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.typesafe.config.ConfigFactory;
import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.store.ComputedOn;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StageQueueTest {

  private static final Stage DATA = stage("data");
  private static final Stage TEXT = stage("text", DATA);
  private static final Stage GATED = stage("gated", DATA);
  private static final Stage ANSWER = stage("answer", TEXT, GATED);

  private static Stage stage(String title, Stage... inputs) {
    return new Stage(
        StageKind.TRAINING,
        title,
        StageRole.TRAINING,
        JsonNodeFactory.instance.textNode(title),
        List.of(inputs),
        title,
        (directory, found, progress) -> Map.of());
  }

  private static PlannedRun run(String name, Stage... stages) {
    List<Stage> all = List.of(stages);
    Variant variant = new Variant(name, null, ConfigFactory.empty().root());
    return new PlannedRun(variant, Repeat.of(1), new RunPlan(all, all.get(all.size() - 1)));
  }

  private static StageFolder folder() {
    return new StageFolder(Path.of("there"), 1, ComputedOn.UNKNOWN, Instant.EPOCH, 1, Map.of());
  }

  private final PlannedRun both = run("both", DATA, TEXT, GATED, ANSWER);
  private final PlannedRun text = run("text", DATA, TEXT);
  private final StageQueue queue = new StageQueue(List.of(both, text));

  private Stage next() throws InterruptedException {
    return queue.next().orElseThrow().stage();
  }

  @Test
  void aStageComesUpOnceItsInputsAreThere() throws InterruptedException {
    assertThat(next()).isEqualTo(DATA);
    queue.finished(DATA, folder());
    assertThat(next()).isEqualTo(TEXT);
    assertThat(next()).isEqualTo(GATED);
    assertThat(queue.finished(GATED, folder())).isEmpty();
    assertThat(queue.finished(TEXT, folder())).containsExactly(text);
    assertThat(next()).isEqualTo(ANSWER);
    assertThat(queue.done()).isFalse();
    assertThat(queue.finished(ANSWER, folder())).containsExactly(both);
    assertThat(queue.results(both).keySet()).containsExactly(DATA, TEXT, GATED, ANSWER);
    assertThat(queue.next()).isEmpty();
    assertThat(queue.done()).isTrue();
  }

  @Test
  void whatOnlyFailedRunsNeedNeverComesUp() throws InterruptedException {
    queue.finished(next(), folder());
    assertThat(next()).isEqualTo(TEXT);
    assertThat(next()).isEqualTo(GATED);
    assertThat(queue.failed(GATED)).containsExactly(both);
    assertThat(queue.finished(TEXT, folder())).containsExactly(text);
    assertThat(queue.next()).isEmpty();
    assertThat(queue.done()).isTrue();
  }

  @Test
  void aWorkerWaitsForWhatOthersCompute() throws Exception {
    assertThat(next()).isEqualTo(DATA);
    CompletableFuture<Optional<StageQueue.Task>> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return queue.next();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(other.isDone()).isFalse();
    queue.finished(DATA, folder());
    assertThat(other.get(10, TimeUnit.SECONDS).orElseThrow().stage()).isEqualTo(TEXT);
  }

  @Test
  void afterAStopNothingComesUp() throws InterruptedException {
    queue.finished(next(), folder());
    queue.stop();
    assertThat(queue.next()).isEmpty();
    assertThat(queue.done()).isFalse();
  }

  @Test
  void whatAnotherProcessComputesComesAfterTheRest() throws InterruptedException {
    queue.finished(next(), folder());
    assertThat(next()).isEqualTo(TEXT);
    queue.elsewhere(TEXT);
    assertThat(next()).isEqualTo(GATED);
    queue.finished(GATED, folder());
    assertThat(next()).as("nothing else is left: looked at again").isEqualTo(TEXT);
    queue.elsewhere(TEXT);
    assertThat(queue.done()).isFalse();
    assertThat(next()).isEqualTo(TEXT);
    queue.finished(TEXT, folder());
    assertThat(next()).isEqualTo(ANSWER);
  }

  @Test
  void afterAStopNobodyWaitsForAnotherProcess() throws InterruptedException {
    assertThat(next()).isEqualTo(DATA);
    queue.elsewhere(DATA);
    queue.stop();
    assertThat(queue.next()).isEmpty();
  }

  /** 2,500 runs of four stages on one shared: what the driver of a large cluster schedules. */
  @Test
  void tenThousandStagesAreHandedOutAsTheirInputsAreDone() throws Exception {
    List<PlannedRun> runs = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      Stage train = stage("train " + i, DATA);
      Stage write = stage("write " + i, DATA, train);
      Stage answer = stage("answer " + i, DATA, train, write);
      runs.add(run("run " + i, DATA, train, write, answer, stage("last " + i, answer)));
    }
    StageQueue many = new StageQueue(runs);
    assertThat(many.stages()).isEqualTo(10_001);
    Set<Stage> done = ConcurrentHashMap.newKeySet();
    AtomicInteger complete = new AtomicInteger();
    AtomicInteger early = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Thread worker =
          new Thread(
              () -> {
                try {
                  for (var task = many.next(); task.isPresent(); task = many.next()) {
                    Stage stage = task.get().stage();
                    early.addAndGet(done.containsAll(stage.inputs()) ? 0 : 1);
                    early.addAndGet(done.add(stage) ? 0 : 1);
                    complete.addAndGet(many.finished(stage, folder()).size());
                  }
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(done).hasSize(10_001);
    assertThat(complete).as("runs").hasValue(2500);
    assertThat(early).as("before an input, or twice").hasValue(0);
    assertThat(many.done()).isTrue();
  }
}
