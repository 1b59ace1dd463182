package dev.fusebox.lab.ablation;

import ai.djl.Device;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.OptionsFile;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs that are asked more than the test questions, with real models, in a folder. */
final class TestedRuns {

  static final String RANKED =
      """
      model { shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 12, batches.size = 4, optimizer.learningRate = 0.05 }
      data.limits { train = 24, validation = 4 }
      features = detr
      fusion = gated
      pipeline { answer { format = QCM-T, source.maxTokens = 64, target.maxTokens = 8, decoding.mode = ranked } }
      """;

  static final String TWO_STAGES =
      RANKED
          + """
          pipeline { rationale { format = QCM-E, source.maxTokens = 64, target.maxTokens = 8, decoding.mode = generated }
                     answer { format = QCMG-T, from = rationale } }
          """;

  private final Path folder;
  private final RunPlanner planner;
  private final StageStore store;
  private final List<PredictionTask> asked = new ArrayList<>();
  private Optional<String> written = Optional.empty();

  private TestedRuns(Path folder) {
    this.folder = folder;
    FusionCatalogue fusions = FusionCatalogue.of(TestedRuns.class.getClassLoader());
    FileHashes hashes = new FileHashes(folder.resolve(".hashes"), false);
    store = new StageStore(folder.resolve("stages"), hashes);
    StagePredictor predictor = new T5StagePredictor(fusions, Device::cpu);
    planner =
        new RunPlanner(
            new OpenedFiles(folder.resolve("cache"), hashes),
            new T5StageTrainer(fusions, Device::cpu),
            (task, progress) -> {
              asked.add(task);
              return written.isPresent()
                  ? said(task, written.get())
                  : predictor.predict(task, progress);
            },
            new CodeKeys(fusions));
  }

  /** Over 80 questions of the demo, in the folder {@code given}. */
  static TestedRuns in(Path folder) throws IOException {
    DemoData.write(DemoSettings.of(80, 3), folder.resolve("given"));
    return new TestedRuns(folder);
  }

  /** From now on every stage writes the same for every question. */
  TestedRuns writing(String text) {
    written = Optional.of(text);
    return this;
  }

  /** From now on models write for themselves. */
  TestedRuns writingThemselves() {
    written = Optional.empty();
    return this;
  }

  private static Predicted said(PredictionTask task, String text) {
    return new Predicted(
        task.examples().stream().map(each -> new Prediction(each.id(), text, "")).toList(),
        List.of(),
        List.of());
  }

  RunPlan plan(String text) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"),
            text + "\ndata.root = \"%s\"\n".formatted(folder.resolve("given")));
    ClassLoader loader = TestedRuns.class.getClassLoader();
    Recipe recipe =
        new ExperimentReader(FusionCatalogue.of(loader), loader)
            .read(file, List.of())
            .variants()
            .get(0)
            .recipe();
    return planner.plan(recipe, 1);
  }

  /** Computes every stage of a plan. */
  void run(RunPlan plan) throws IOException {
    for (Stage stage : plan.stages()) {
      result(stage);
    }
  }

  /** A stage's folder, computed first if it is not there. */
  Path result(Stage stage) throws IOException {
    return new StageRunner(store).run(stage, StageProgress.SILENT).path();
  }

  /** The probabilities of the plain test, by question. */
  Map<String, OptionProbabilities> plain(RunPlan plan) throws IOException {
    return OptionsFile.read(result(plan.answer()).resolve(OptionsFile.NAME)).stream()
        .collect(Collectors.toMap(OptionProbabilities::id, Function.identity()));
  }

  /** The tasks predicted so far, in order. */
  List<PredictionTask> asked() {
    return asked;
  }

  static List<Stage> tested(RunPlan plan) {
    return plan.stages().stream().filter(stage -> stage.role() == StageRole.TESTING).toList();
  }
}
