package dev.fusebox.lab.ablation;

import ai.djl.Device;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.TrainingWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stage of a recipe costs, found by training it for one step on a few of its questions. Demo
 * data are generated for it, as few as that takes. Equal stages are measured once.
 */
final class StageCosts implements AutoCloseable {

  private static final int QUESTIONS = 96;
  private static final long SEED = 1;

  private final Binder binder;
  private final T5StageTrainer trainer;
  private final Path folder;
  private final OpenedFiles files;
  private final Map<DemoSettings, Path> generated = new HashMap<>();
  private final Map<List<Object>, Map<String, Number>> known = new HashMap<>();

  StageCosts(FusionCatalogue fusions, Binder binder) throws IOException {
    this.binder = binder;
    trainer = new T5StageTrainer(fusions, Device::cpu); // operations are the same on all devices
    folder = Files.createTempDirectory("fusebox-budget");
    files = new OpenedFiles(folder.resolve("cache"), new FileHashes(folder, false));
  }

  /** How many numbers the stage trains. */
  double numbers(Variant variant, String part) throws IOException {
    return figure(variant, part, "trainedNumbers");
  }

  /** Floating-point operations of a step of the stage. */
  double operationsOfStep(Variant variant, String part) throws IOException {
    int questions = variant.recipe().pipeline().get(part).training().batches().size();
    return questions * figure(variant, part, "operationsPerExample");
  }

  private double figure(Variant variant, String part, String name) throws IOException {
    Recipe recipe = variant.recipe();
    List<Object> key = List.of(recipe.data(), recipe.pipeline().get(part));
    Map<String, Number> figures = known.get(key);
    if (figures == null) {
      figures = measure(variant, part);
      known.put(key, figures);
    }
    return figures.get(name).doubleValue();
  }

  private Map<String, Number> measure(Variant variant, String part) throws IOException {
    Path root = root(variant.recipe().data());
    Recipe recipe = binder.bind(sample(variant.tree(), part, root), "", Recipe.class).orElseThrow();
    StageSettings stage = recipe.pipeline().get(part);
    TrainingWork work =
        new TrainingWork(
            files,
            trainer,
            recipe,
            stage,
            new DataPlace(Optional.of(root), Optional.empty(), ""),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            SEED);
    Path directory = Files.createTempDirectory(folder, "stage");
    try {
      return work.run(
          directory,
          stageOfInput -> {
            throw new IllegalStateException("nothing is read from " + stageOfInput);
          },
          StageProgress.SILENT);
    } finally {
      DirectoryTree.delete(directory);
    }
  }

  private static ConfigObject sample(ConfigObject tree, String part, Path root) {
    String stage = "pipeline.\"" + part + "\".";
    Config sample =
        with(tree.toConfig(), "data.root", root.toString())
            .withoutPath("data.draw") // which questions they are hardly changes what a step costs
            .withoutPath(stage + "training.validation.patience");
    sample = with(sample, "data.limits.train", QUESTIONS);
    sample = with(sample, stage + "training.steps", 1);
    sample = with(sample, stage + "training.validation.every", 0);
    sample = with(sample, stage + "training.validation.keepBest", false);
    return with(sample, stage + "trainOn", "gold").root();
  }

  private static Config with(Config config, String path, Object value) {
    return config.withValue(path, ConfigValueFactory.fromAnyRef(value));
  }

  private Path root(DataSettings data) throws IOException {
    if (data.root().isPresent()) {
      return data.root().get();
    }
    DemoSettings demo = data.demo();
    Path made = generated.get(demo);
    if (made == null) {
      made = folder.resolve("demo" + generated.size());
      DemoData.write(
          new DemoSettings(2 * QUESTIONS, demo.seed(), demo.pictureShare(), demo.noise()), made);
      generated.put(demo, made);
    }
    return made;
  }

  @Override
  public void close() throws IOException {
    DirectoryTree.delete(folder);
  }
}
