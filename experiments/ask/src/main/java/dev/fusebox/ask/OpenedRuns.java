package dev.fusebox.ask;

import ai.djl.Device;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.Plugins;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.QuestionTexts;
import dev.fusebox.training.write.OpenedStage;
import dev.fusebox.training.write.T5StagePredictor;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trained runs with their weights in memory, loaded when they are asked first. A stage that runs
 * share is loaded once, and stays until all are closed: what is opened is what memory has to hold.
 * Not for threads.
 */
public final class OpenedRuns implements AutoCloseable {

  private final FusionCatalogue fusions;
  private final VisionBackbones kinds;
  private final T5StagePredictor predictor;
  private final PictureVectors vectors;
  private final Optional<Path> data;
  private final Map<Path, OpenedFiles> files = new HashMap<>();
  private final Map<String, Path> checkpoints = new HashMap<>();
  private final LinkedHashMap<Path, OpenedStage> stages = new LinkedHashMap<>();

  /**
   * None opened yet.
   *
   * @param plugins finds fusions and backbones
   * @param device where tensors are computed
   * @param data where the questions are, if not where they were when the runs were made
   * @param backbones files that may be opened though they are programs, see {@code --backbone}
   * @throws UserError if a backbone is not there
   */
  public OpenedRuns(
      ClassLoader plugins, DeviceName device, Optional<Path> data, List<Path> backbones) {
    Supplier<Device> place = device::device;
    this.fusions = FusionCatalogue.of(plugins);
    this.kinds = Plugins.backbones(plugins);
    this.predictor = new T5StagePredictor(fusions, place);
    this.vectors = new PictureVectors(new SheetBackbones(kinds, backbones), place);
    this.data = data;
  }

  /** The runs that a path names, see {@link FinishedRun#at}. */
  public List<FinishedRun> at(Path path) throws IOException {
    return FinishedRun.at(path, fusions);
  }

  /**
   * Where a run's questions and pictures lie now.
   *
   * @throws UserError if they are gone
   */
  public Path root(FinishedRun run) {
    List<Path> places =
        data.map(List::of).orElseGet(() -> run.record().data().place().found(run.results()));
    if (places.isEmpty()) {
      throw new UserError(
          "%s: its questions are no longer in %s; give their folder: --data DIR"
              .formatted(run.folder(), run.record().data().place().given()));
    }
    return places.get(0);
  }

  /** A run's questions. */
  public Dataset questions(FinishedRun run) throws IOException {
    return files(run).questions(root(run));
  }

  /** Why a run cannot be shown a picture that is not of its data; empty if it can, or sees none. */
  public Optional<String> refusal(FinishedRun run) throws IOException {
    for (String part : run.chain()) {
      StageSettings stage = run.settings(part);
      Optional<String> why =
          stage.seesPictures() ? vectors.refusal(stage, root(run)) : Optional.empty();
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  /**
   * What a run answers.
   *
   * @param listener hears what is done at the moment
   * @throws UserError if its weights are gone, or it cannot be shown the picture; with why
   */
  public Answer answer(FinishedRun run, Asking asking, Listener listener) throws IOException {
    return new RunAnswer(this, run, asking, listener).answer();
  }

  /** Hears what is done at the moment: {@code rationale: loading}. */
  @FunctionalInterface
  public interface Listener {

    /** Nobody listens. */
    Listener SILENT = what -> {};

    /** What begins now. */
    void does(String what);
  }

  private static FileHashes hashes(FinishedRun run) {
    return new FileHashes(new ResultsRoot(run.results()).hashes(), false);
  }

  private OpenedFiles files(FinishedRun run) {
    return files.computeIfAbsent(
        run.results(),
        results -> {
          return new OpenedFiles(
              new ResultsRoot(results).cache(), Optional.empty(), hashes(run), kinds);
        });
  }

  /** What the stage sees of the data's pictures; empty where it sees none. */
  Optional<PictureFeatures> pictures(FinishedRun run, StageSettings stage) throws IOException {
    return stage.seesPictures()
        ? Optional.of(
            files(run).pictures(root(run), stage.features(), stage.control(), run.record().seed()))
        : Optional.empty();
  }

  PictureFeatures chosen(
      FinishedRun run, StageSettings stage, Asking asking, PictureFeatures source)
      throws IOException {
    return vectors.of(asking, stage, source, root(run));
  }

  QuestionTexts texts(FinishedRun run) throws IOException {
    return new QuestionTexts(files(run), questions(run), run.recipe().data());
  }

  /** How a stage is asked: as it was tested, but that it writes freely where it followed gold. */
  PredictionTask task(FinishedRun run, String part, Optional<PictureFeatures> pictures)
      throws IOException {
    StageSettings stage = run.settings(part);
    Path checkpoint = checkpoint(run, part);
    return new PredictionTask(
        checkpoint,
        Tokenizers.find(checkpoint).orElse(checkpoint),
        stage.fusion(),
        pictures,
        List.of(),
        freely(stage.decoding()),
        stage.target().maxTokens(),
        stage.training().countPadding(),
        run.record().seed());
  }

  private static DecodingSettings freely(DecodingSettings decoding) {
    return decoding.mode() == DecodingMode.TEACHER_FORCED
        ? DecodingSettings.greedy(DecodingMode.GENERATED, decoding.noRepeat(), 1)
        : decoding;
  }

  /** Checked once: what is in memory already does not change with its file. */
  private Path checkpoint(FinishedRun run, String part) throws IOException {
    String key = run.results() + "/" + run.weights(part);
    Path known = checkpoints.get(key);
    if (known == null) {
      known = weights(run, part).resolve(StageTrainer.CHECKPOINT);
      checkpoints.put(key, known);
    }
    return known;
  }

  static Path weights(FinishedRun run, String part) throws IOException {
    Path results = run.results();
    StageStore store = new StageStore(new ResultsRoot(results).stages(), hashes(run));
    String name = run.weights(part);
    Optional<String> damage = store.damage(name);
    Path folder =
        store
            .find(name)
            .map(StageFolder::path)
            .orElseThrow(
                () ->
                    new UserError(
                        "%s: the weights of its stage %s are gone (%s); the command that made the run recreates them"
                            .formatted(
                                run.folder(),
                                part,
                                new ResultsRoot(results).stages().resolve(name))));
    if (damage.isPresent()) {
      throw new UserError(
          damage.get() + "; the command that made the run recreates it (" + run.title() + ")");
    }
    return folder;
  }

  /** A stage's model, loaded now if it is not there. */
  OpenedStage stage(FinishedRun run, PredictionTask task, Runnable loading) throws IOException {
    OpenedStage known = stages.get(task.checkpoint());
    if (known != null) {
      return known;
    }
    loading.run();
    requireConfig(task.checkpoint());
    OpenedStage opened = predictor.open(task, hashes(run));
    stages.put(task.checkpoint(), opened);
    return opened;
  }

  private static void requireConfig(Path checkpoint) {
    if (!Files.isDirectory(checkpoint)) {
      throw new UserError(checkpoint + ": there is no checkpoint");
    }
  }

  @Override
  public void close() {
    stages.values().forEach(OpenedStage::close);
    stages.clear();
    vectors.close();
  }
}
