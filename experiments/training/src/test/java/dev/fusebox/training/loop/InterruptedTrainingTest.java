package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens meanwhile, a training leaves the same bits. */
class InterruptedTrainingTest {

  @TempDir Path temporary;

  private TinyRuns runs() {
    return new TinyRuns(temporary);
  }

  @Test
  void trainingBesideAnotherGivesTheSameBits() throws Exception {
    TrainingTask task = TinyTask.in(temporary, TinyRuns.settings());
    Map<String, String> alone = runs().train("alone", task, StageProgress.SILENT);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Map<String, String>>> beside = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String name = "beside " + i;
        beside.add(threads.submit(() -> runs().train(name, task, StageProgress.SILENT)));
      }
      for (Future<Map<String, String>> each : beside) {
        assertThat(each.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void isTheSameToTheBitWhereverItWasInterrupted() throws IOException {
    interrupt(
        TinyTask.in(temporary, TinyRuns.settings()), new int[][] {{1}, {4}, {3, 7, 8, 19}, {20}});
  }

  @Test
  void isTheSameToTheBitWithBatchesOfEquallyManyTokens() throws IOException {
    TrainingSettings settings =
        TinyRuns.halfEpochs(TinyRuns.STEPS).filling(BatchFill.TOKENS).build();
    interrupt(TinyTask.in(temporary, settings), new int[][] {{3, 8}});
  }

  private void interrupt(TrainingTask task, int[][] interruptions) throws IOException {
    Map<String, String> whole = runs().train("whole", task, StageProgress.SILENT);
    for (int[] stops : interruptions) {
      String name = "stopped" + stops[0] + stops.length;
      for (int stop : stops) {
        assertThatThrownBy(() -> runs().train(name, task, TinyTask.stopAfter(stop)))
            .isInstanceOf(StageCancelled.class);
        assertThat(temporary.resolve(name).resolve("checkpoint")).doesNotExist();
      }
      assertThat(runs().train(name, task, StageProgress.SILENT)).as(name).isEqualTo(whole);
    }
  }

  @Test
  void doesNothingWhereItIsDone() throws IOException {
    TrainingTask task = TinyTask.in(temporary, TinyRuns.settings());
    Map<String, String> first = runs().train("run", task, StageProgress.SILENT);
    assertThat(runs().train("run", task, TinyTask.stopAfter(0))).isEqualTo(first);
  }

  @Test
  void ignoresAndRemovesWhatWasLeftHalfWritten() throws IOException {
    TrainingTask task = TinyTask.in(temporary, TinyRuns.settings());
    Map<String, String> whole = runs().train("whole", task, StageProgress.SILENT);
    assertThatThrownBy(() -> runs().train("run", task, TinyTask.stopAfter(5)))
        .isInstanceOf(StageCancelled.class);
    Path run = temporary.resolve("run");
    Files.createDirectories(run.resolve("saved/step-00000009.unfinished"));
    Files.writeString(run.resolve("saved/step-00000009.unfinished/weights.safetensors"), "x");
    Files.writeString(run.resolve("saved/best-00000009.safetensors"), "x");
    Files.createDirectories(run.resolve("checkpoint.unfinished"));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        Files.readString(run.resolve("metrics.jsonl")) + "{\"step\":6}\n{\"step\":7,\"lo");
    assertThat(runs().train("run", task, StageProgress.SILENT)).isEqualTo(whole);
  }
}
