package dev.fusebox.training.loop;

import ai.djl.Device;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.BatchOrder;
import dev.fusebox.training.batch.PictureDropout;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.model.FreshModel;
import dev.fusebox.training.model.FrozenNames;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ModelCopies;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TokenCount;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains T5 with a fusion. The directory holds, while it learns, {@code saved} with the states to
 * go on from; at the end {@code checkpoint} and {@code metrics.jsonl}.
 */
public final class T5StageTrainer implements StageTrainer {

  private static final String SAVED = "saved";
  private static final Logger LOG = LoggerFactory.getLogger(T5StageTrainer.class);

  private final FusionCatalogue catalogue;
  private final IntFunction<List<Device>> devices;
  private final FileHashes hashes;

  /** A trainer that computes on {@code device} alone, asked for at each stage. */
  public T5StageTrainer(FusionCatalogue catalogue, Supplier<Device> device) {
    this(
        catalogue,
        replicas -> Collections.nCopies(replicas, device.get()),
        FileHashes.ofThisProcess());
  }

  /** A trainer that has as many of these devices as a stage has replicas. */
  public T5StageTrainer(FusionCatalogue catalogue, Devices devices) {
    this(catalogue, devices, FileHashes.ofThisProcess());
  }

  /**
   * A trainer that has as many of these devices as a stage has replicas.
   *
   * @param hashes of the files of base models
   */
  public T5StageTrainer(FusionCatalogue catalogue, Devices devices, FileHashes hashes) {
    this(catalogue, devices::own, hashes);
  }

  private T5StageTrainer(
      FusionCatalogue catalogue, IntFunction<List<Device>> devices, FileHashes hashes) {
    this.catalogue = catalogue;
    this.devices = devices;
    this.hashes = hashes;
  }

  @Override
  public TokenCount train(TrainingTask task, Path directory, StageProgress listener)
      throws IOException {
    Files.createDirectories(directory);
    SavedRuns saved =
        new SavedRuns(
            directory.resolve(SAVED),
            directory.resolve(MetricsFile.NAME),
            task.training().saves().keep(),
            task.training().validation().keepBest());
    if (!Files.exists(directory.resolve(CHECKPOINT))) {
      if (task.train().isEmpty()) {
        throw new UserError("there is nothing to train on: the training split has no questions");
      }
      learn(task, directory, saved, listener);
    }
    saved.delete();
    return MetricsFile.count(directory.resolve(MetricsFile.NAME));
  }

  private void learn(TrainingTask task, Path directory, SavedRuns saved, StageProgress listener)
      throws IOException {
    Optional<Path> state = saved.lastWhole();
    ModelWeights weights = weights(task, directory.resolve(SAVED), state);
    T5Config config = config(task).withDropout(task.training().dropout());
    try (ModelCopies copies =
            ModelCopies.open(
                devices.apply(task.training().replicas()),
                device -> open(task, config, weights, state.isPresent(), device));
        Replicas replicas = new Replicas(replicas(copies, task.training()))) {
      LoadedModel loaded = copies.first();
      long steps = task.training().stepsFor(task.train().size());
      Learner learner =
          new Learner(replicas, loaded.learning(), task.training(), steps, task.seed());
      Progress progress = Progress.START;
      if (state.isPresent()) {
        learner.restore(SavedRuns.optimizer(state.get()));
        progress = SavedRuns.progress(state.get());
      }
      Path metricsFile = directory.resolve(MetricsFile.NAME);
      try (MetricsFile metrics = new MetricsFile(metricsFile, progress.step())) {
        MetricsFile.tell(metricsFile, listener);
        progress = run(task, loaded, learner, saved, steps).learn(progress, metrics, listener);
      }
      finish(task, directory, saved, progress, loaded);
    }
  }

  private static List<Replica> replicas(ModelCopies copies, TrainingSettings settings) {
    return copies.all().stream()
        .map(each -> new Replica(each.model(), each.learning(), settings))
        .toList();
  }

  private TrainingRun run(
      TrainingTask task, LoadedModel loaded, Learner learner, SavedRuns saved, long steps)
      throws IOException {
    TrainingSettings settings = task.training();
    T5Config config = loaded.model().config();
    BatchMaker maker =
        new BatchMaker(config, task.pictures(), settings.countedLength(task.maxTokens()))
            .withOptions(settings.loss().ranking().isPresent());
    return new TrainingRun(
        loaded,
        learner,
        order(task),
        maker,
        new PictureDropout(settings.pictureDropout(), task.seed()),
        new Validation(
            task.validation(),
            settings.batches().size(),
            maker.withOptions(maker.ranked() || settings.validation().metric().ranks()),
            settings.loss(),
            settings.validation().metric(),
            Tokenizers.open(task.tokenizer()),
            task.maxTokens()),
        new GateWatch(task.train(), maker, steps),
        settings,
        saved,
        steps);
  }

  private static BatchOrder order(TrainingTask task) {
    BatchSettings batches = task.training().batches();
    return new BatchOrder(
        task.train(), batches.size(), batches.lengthPool(), batches.fill(), task.seed());
  }

  private ModelWeights weights(TrainingTask task, Path saved, Optional<Path> state)
      throws IOException {
    ModelSettings model = task.model();
    ModelWeights weights =
        ModelWeights.start(task.start(), model.tune(), model.frozenWeights(), hashes);
    if (state.isEmpty()) {
      weights.rememberBase(saved);
    }
    return weights.resumed(saved, state.map(SavedRuns::weights));
  }

  private LoadedModel open(
      TrainingTask task, T5Config config, ModelWeights weights, boolean resumes, Device device)
      throws IOException {
    LoadedModel loaded =
        LoadedModel.open(
            config,
            weights,
            task.fusion(),
            task.pictures(),
            catalogue,
            device,
            task.training().precision(),
            task.seed());
    loaded.checkFit(resumes);
    checkTargets(task.model().tune(), loaded.parameters());
    freeze(loaded, task.model(), !task.fusion().isNone());
    return loaded;
  }

  /** A checkpoint was asked when the run was planned; a pretraining was not there yet. */
  private static void checkTargets(Tuning tuning, Parameters parameters) {
    List<String> missing = tuning.targetsMissing(parameters.all().keySet());
    if (!missing.isEmpty()) {
      throw new UserError(
          "model.tune.targets: "
              + String.join(", ", missing)
              + " is none of the model's matrices; there are "
              + Spelling.list(parameters.all().keySet()));
    }
  }

  private static T5Config config(TrainingTask task) throws IOException {
    if (task.start().isPresent()) {
      return T5Config.read(task.start().get().resolve(Checkpoint.CONFIG));
    }
    return FreshModel.config(
        task.model().shape(), Tokenizers.open(task.tokenizer()).size(), task.training().dropout());
  }

  /** The fusion has frozen what it wants; the settings may freeze more. */
  private static void freeze(LoadedModel loaded, ModelSettings settings, boolean withFusion) {
    Parameters parameters = loaded.parameters();
    List<Pattern> frozen =
        settings.frozen().stream()
            .map(pattern -> frozen(new FrozenNames(pattern), parameters.all().keySet(), withFusion))
            .toList();
    Set<String> learning =
        parameters.trainable().keySet().stream()
            .filter(name -> frozen.stream().noneMatch(each -> each.matcher(name).matches()))
            .collect(Collectors.toSet());
    parameters.train(learning::contains);
    if (loaded.learning().isEmpty()) {
      throw new UserError(
          "nothing is left to train: model.frozen = "
              + settings.frozen()
              + " and the fusion freeze every parameter");
    }
  }

  /**
   * A name that no parameter has is a slip, unless it may be one of a fusion's and this model has
   * none. Plans ask the same before anything is loaded, where they can.
   */
  private static Pattern frozen(FrozenNames pattern, Set<String> names, boolean withFusion) {
    if (!pattern.matchesAny(names)) {
      String misfit = pattern.misfit(names);
      if (withFusion || pattern.isOfT5()) {
        throw new UserError(misfit);
      }
      LOG.warn("{}; this model has no fusion, whose parameter it may be", misfit);
    }
    return pattern.regex();
  }

  /** Leaves the result under its proper name once it is whole. */
  private static void finish(
      TrainingTask task, Path directory, SavedRuns saved, Progress progress, LoadedModel loaded)
      throws IOException {
    Path unfinished = directory.resolve(CHECKPOINT + ".unfinished");
    DirectoryTree.delete(unfinished);
    Files.createDirectories(unfinished);
    boolean keepsBest = task.training().validation().keepBest() && progress.bestStep() > 0;
    loaded.save(
        unfinished,
        directory.resolve(CHECKPOINT),
        keepsBest ? Optional.of(saved.best(progress.bestStep())) : Optional.empty());
    Files.copy(task.tokenizer(), unfinished.resolve(task.tokenizer().getFileName()));
    WholeFile.move(unfinished, directory.resolve(CHECKPOINT));
  }
}
