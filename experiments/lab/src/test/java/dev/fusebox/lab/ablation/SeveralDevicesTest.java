package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code device = [...]}: stages are spread over the devices, and come out as on one. */
class SeveralDevicesTest {

  private static final String CONFIG =
      """
      data.demo.questions = 30
      data.limits { train = 8, validation = 2, test = 4 }
      model.shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 }
      training { steps = 3, batches.size = 4 }
      pipeline.answer { format = QCM-A, source.maxTokens = 24, target.maxTokens = 4 }
      ablation { seeds = [1, 2, 3], variants { text {}, gated { features = detr, fusion = gated } } }
      """;

  @TempDir private Path folder;

  private Path config(String device) throws IOException {
    return Files.writeString(folder.resolve("mine.conf"), CONFIG + "device = " + device);
  }

  /** Every file of every stage, but for what tells the time; and who computed. */
  private Map<String, String> bits(String device, Set<Thread> workers) throws IOException {
    FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());
    ExperimentReader reader = new ExperimentReader(fusions, getClass().getClassLoader());
    Path config = config(device);
    Devices devices = ExperimentFile.read(config, List.of(), getClass().getClassLoader()).devices();
    ResultsRoot root = new ResultsRoot(folder.resolve(device.replaceAll("\\W", "_")));
    FileHashes hashes = new FileHashes(root.hashes(), false);
    StageStore store = new StageStore(root.stages(), hashes);
    OpenedFiles files = new OpenedFiles(root.cache(), hashes);
    RunPlanner planner =
        new RunPlanner(
            files,
            new T5StageTrainer(fusions, devices),
            new T5StagePredictor(fusions, devices),
            new CodeKeys(fusions));
    RunBook book = new RunBook(root, store, hashes, files);
    AblationRunner runner =
        new AblationRunner(planner, new StageRunner(store), store, book, devices);
    List<RunResult> results =
        runner.run(runner.plan(reader.read(config, List.of())), noting(workers));
    assertThat(results).hasSize(6).hasOnlyElementsOfType(RunResult.Finished.class);
    Map<String, String> bits = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root.stages())) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = root.stages().relativize(file).toString();
        if (!name.startsWith(".") && !name.endsWith("stage.json")) {
          bits.put(name, Fingerprint.ofFiles(List.of(file)));
        }
      }
    }
    return bits;
  }

  private static AblationListener noting(Set<Thread> workers) {
    return new AblationListener() {
      @Override
      public StageProgress begins(PlannedRun run, Stage stage) {
        workers.add(Thread.currentThread());
        return StageProgress.SILENT;
      }

      @Override
      public void ended(PlannedRun run, Stage stage, StageEnd end) {}

      @Override
      public void ended(
          PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {}
    };
  }

  @Test
  void stagesComeOutAsOnOneDevice() throws IOException {
    Set<Thread> one = ConcurrentHashMap.newKeySet();
    Set<Thread> two = ConcurrentHashMap.newKeySet();
    Map<String, String> alone = bits("cpu", one);
    assertThat(bits("[cpu, cpu]", two)).isEqualTo(alone);
    assertThat(alone.keySet()).anyMatch(name -> name.contains("safetensors"));
    assertThat(one).hasSize(1);
    assertThat(two).as("each device has a thread").hasSize(2);
  }

  /** Whether parts are learnt at once is in no key. */
  @Test
  void stagesOfSeveralReplicasComeOutAsThoseOfAccumulation() throws IOException {
    Set<Thread> one = ConcurrentHashMap.newKeySet();
    Set<Thread> groups = ConcurrentHashMap.newKeySet();
    String parts = "\ntraining { dropout = 0.1, batches.accumulation = 2 }";
    Map<String, String> alone = bits("cpu" + parts, one);
    String replicas = "\ntraining { dropout = 0.1, replicas = 2 }";
    assertThat(bits("[cpu, cpu, cpu, cpu, cpu]" + replicas, groups)).isEqualTo(alone);
    assertThat(groups).as("each pair of devices has a thread").hasSize(2);
  }

  @Test
  void moreReplicasThanDevicesAreRefusedBeforeAnythingIsMade() {
    assertThatThrownBy(() -> bits("cpu\ntraining.replicas = 2", new HashSet<>()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "training.replicas = 2 needs as many devices, but device = cpu is 1: list every device to use, as in device = [gpu:0, gpu:1]");
    assertThat(folder).isDirectoryNotContaining("glob:**stages**");
  }

  @Test
  void whatIsNoDeviceIsNamed() {
    assertThatThrownBy(
            () ->
                ExperimentFile.read(config("[cpu, tpu]"), List.of(), getClass().getClassLoader())
                    .devices())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mine.conf: 7")
        .hasMessageContaining(
            "device must be cpu, gpu, gpu:N, gpu:*, auto or a list of them, found tpu");
    assertThatThrownBy(
            () ->
                ExperimentFile.read(config("[]"), List.of(), getClass().getClassLoader()).devices())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("device must name one device or several, found none");
  }
}
