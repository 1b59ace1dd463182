package dev.fusebox.ask;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationModule;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.AblationRunner;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.plan.FusionModule;
import dev.fusebox.lab.plan.PipelineModule;
import dev.fusebox.lab.plan.TrainModule;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import dev.fusebox.vision.TinyVit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Small runs, trained for a moment, to be asked. */
public final class TrainedSample {

  private static final String CONFIG =
      """
      data  { demo { questions = 40, seed = 3 } }
      model { shape { width = 16, headWidth = 8, heads = 2, feedForward = 32, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 8, optimizer.learningRate = 1e-2, batches.size = 8, dropout = 0 }
      pipeline {
        rationale { format = QCM-E, source.maxTokens = 64, target.maxTokens = 8 }
        answer    { format = QCMG-A, from = rationale, source.maxTokens = 96, target.maxTokens = 8, features = none, fusion = none }
      }
      ablation.variants {
        text     {}
        gated    { features = detr, fusion = gated }
        patches  { features = patches, fusion = gated }
        shuffled { features = patches, fusion = gated, control = shuffled }
        pixels   { features { source = pixels, backbone = "VIT", train = all }, fusion = gated, pipeline.rationale.retrieval { passages = 3 } }
        ranked   {
          features = clip, fusion = gated
          pipeline { rationale = null, answer = null, choice { format = QCM-T, decoding.mode = ranked, source.maxTokens = 64, target.maxTokens = 4 } }
        }
        joined   { features = [detr, clip], fusion = gated }
      }
      """;

  /** Trained once for all tests of the module. */
  private static final AtomicReference<Path> SHARED = new AtomicReference<>();

  private TrainedSample() {}

  /** The experiment's folder of results, trained when it is asked for first; only to be read. */
  public static synchronized Path experiment() throws IOException {
    if (SHARED.get() == null) {
      Path folder = Files.createTempDirectory("sample");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      SHARED.set(in(folder));
    }
    return SHARED.get();
  }

  private static void delete(Path folder) {
    try {
      DirectoryTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path in(Path folder) throws IOException {
    Path vit = TinyVit.write(folder.resolve("vit"), 1);
    Path config =
        Files.writeString(
            folder.resolve("sample.conf"),
            CONFIG.replace("VIT", vit.toString().replace('\\', '/')));
    return train(config, folder.resolve("results"), TrainedSample.class.getClassLoader());
  }

  /**
   * Trains an experiment.
   *
   * @param plugins finds fusions and backbones
   * @return its folder of results
   */
  static Path train(Path config, Path results, ClassLoader plugins) throws IOException {
    ResultsRoot root = new ResultsRoot(results);
    FileHashes hashes = new FileHashes(root.hashes(), false);
    Injector wiring =
        Guice.createInjector(
            new FusionModule(plugins),
            new PipelineModule(root.cache(), Optional.empty(), hashes),
            new TrainModule(new Devices(new DeviceName("cpu"))),
            new AblationModule(root, hashes));
    AblationRunner runner = wiring.getInstance(AblationRunner.class);
    AblationPlan plan =
        runner.plan(wiring.getInstance(ExperimentReader.class).read(config, List.of()));
    List<RunResult> runs = runner.run(plan, SILENT);
    if (!runs.stream().allMatch(RunResult.Finished.class::isInstance)) {
      throw new IllegalStateException("not all runs finished: " + runs);
    }
    return root.of(plan.experiment());
  }

  /** The runs of it, to be asked. */
  public static AskedRuns open(Path experiment) throws IOException {
    return AskedRuns.open(
        List.of(experiment),
        TrainedSample.class.getClassLoader(),
        new DeviceName("cpu"),
        Optional.empty(),
        List.of());
  }

  private static final AblationListener SILENT =
      new AblationListener() {
        @Override
        public StageProgress begins(PlannedRun run, Stage stage) {
          return StageProgress.SILENT;
        }

        @Override
        public void ended(PlannedRun run, Stage stage, StageEnd end) {}

        @Override
        public void ended(
            PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {}
      };
}
