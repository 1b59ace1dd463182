package dev.fusebox.lab.ablation;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.plan.FrozenFit;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the runs of an experiment in its directory, and finds those that need not be done again.
 */
public final class RunBook {

  private static final Logger LOG = LoggerFactory.getLogger(RunBook.class);

  private final ResultsRoot root;
  private final StageStore store;
  private final FileHashes hashes;
  private final OpenedFiles files;
  private final ExperimentRuns runs;
  private final RunQuestions questions;
  private final RunRecords records;

  /** A book in a directory of results. */
  @Inject
  public RunBook(ResultsRoot root, StageStore store, FileHashes hashes, OpenedFiles files) {
    this.root = root;
    this.store = store;
    this.hashes = hashes;
    this.files = files;
    this.runs = new ExperimentRuns(root);
    this.questions = new RunQuestions(store, files);
    this.records = new RunRecords(root, questions);
  }

  /** The runs that belong to an experiment. */
  ExperimentRuns runs() {
    return runs;
  }

  /**
   * What a reader of the results must know of the data.
   *
   * @throws UserError where the data make the results worth nothing
   */
  List<String> notes(Experiment experiment) throws IOException {
    return DataNotes.of(experiment, files);
  }

  /**
   * The same of the models.
   *
   * @throws UserError where settings mean what no model has
   */
  List<String> modelNotes(Experiment experiment) throws IOException {
    FrozenFit.requireUse(experiment.variants().stream().map(Variant::recipe).toList());
    return CheckpointNotes.of(experiment);
  }

  private RunFolder folder(AblationPlan plan, PlannedRun run) throws IOException {
    return new RunFolder(root.of(plan.experiment()).resolve(run.folder()));
  }

  /** The run as it was finished before, if nothing that matters has changed since. */
  Optional<RunResult> find(AblationPlan plan, PlannedRun run) throws IOException {
    RunFolder folder = folder(plan, run);
    Optional<RunRecord> record = wholeRecord(folder);
    return record.isPresent() && isWhole(run, record.get())
        ? Optional.of(result(run, folder.predictions()))
        : Optional.empty();
  }

  private Optional<RunRecord> wholeRecord(RunFolder folder) throws IOException {
    Optional<RunRecord> record;
    Optional<String> damage;
    try {
      record = folder.record();
      damage = record.isPresent() ? folder.damage(record.get(), hashes) : Optional.empty();
    } catch (UserError e) {
      record = Optional.empty();
      damage = Optional.of(e.getMessage());
    }
    damage.ifPresent(what -> LOG.warn("{}; the run is put together again", what));
    return damage.isPresent() ? Optional.empty() : record;
  }

  private boolean isWhole(PlannedRun run, RunRecord record) throws IOException {
    if (!record.hasFinished()
        || !record.key().equals(run.plan().key())
        || store.find(run.plan().answer().name()).isEmpty()) {
      return false;
    }
    for (Stage stage : run.plan().stages()) {
      boolean needed =
          stage.kind() == StageKind.DATA // answers are marked by its questions
              || stage.role() == StageRole.TESTING; // whose files the tables are made of
      if (store.damage(stage.name()).isPresent()
          || (needed && store.find(stage.name()).isEmpty())) {
        return false; // told when it is made again
      }
    }
    return true;
  }

  private static RunResult result(PlannedRun run, List<Prediction> predictions) {
    Recipe recipe = run.variant().recipe();
    String decoding = recipe.pipeline().get(recipe.lastStage()).decoding().inWords();
    return new RunResult.Finished(run.variant().name(), run.repeat(), decoding, predictions);
  }

  /** Keeps a finished run. */
  RunResult finished(AblationPlan plan, PlannedRun run, Map<Stage, StageFolder> stages)
      throws IOException {
    List<Prediction> predictions =
        PredictionFile.read(stages.get(run.plan().answer()).path().resolve(PredictionFile.NAME));
    RunRecord record = records.finished(plan, run, questions.graded(run, predictions), stages);
    List<Path> telling =
        stages.entrySet().stream()
            .filter(entry -> entry.getKey().role().tells())
            .map(entry -> entry.getValue().path())
            .toList();
    folder(plan, run).finish(record, predictions, telling, hashes);
    return result(run, predictions);
  }

  /** Keeps a failed run. */
  RunResult failed(AblationPlan plan, PlannedRun run, String reason) throws IOException {
    folder(plan, run).fail(records.failed(plan, run, reason));
    return new RunResult.Failed(run.variant().name(), run.repeat(), reason);
  }

  /** What a run reached, in percent; empty if it failed. */
  Optional<Double> accuracy(PlannedRun run, RunResult result) {
    if (!(result instanceof RunResult.Finished finished)) {
      return Optional.empty();
    }
    try {
      return Optional.of(questions.graded(run, finished.predictions()).average().percent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
