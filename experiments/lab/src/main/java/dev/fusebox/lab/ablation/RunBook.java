package dev.fusebox.lab.ablation;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigRenderOptions;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.plan.FrozenFit;
import dev.fusebox.lab.result.Claim;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.ClaimsRecord;
import dev.fusebox.lab.store.DataRecord;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.Provenance;
import dev.fusebox.lab.store.RecordedPath;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the runs of an experiment in its directory, and finds those that need not be done again.
 */
public final class RunBook {

  private static final Logger LOG = LoggerFactory.getLogger(RunBook.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ResultsRoot root;
  private final StageStore store;
  private final FileHashes hashes;
  private final OpenedFiles files;

  /** A book in a directory of results. */
  @Inject
  public RunBook(ResultsRoot root, StageStore store, FileHashes hashes, OpenedFiles files) {
    this.root = root;
    this.store = store;
    this.hashes = hashes;
    this.files = files;
  }

  /** Writes which runs belong to the experiment now; clears away what killed processes left. */
  void open(AblationPlan plan) throws IOException {
    Path folder = root.of(plan.experiment());
    UnfinishedFiles.sweep(folder);
    UnfinishedFiles.sweep(root.cache());
    write(plan, folder, cells(plan));
  }

  /**
   * Adds runs to those that belong to the experiment, for whoever computes their stages one by one:
   * until they are put together, nobody else takes these stages for ones that no run needs.
   */
  void expect(AblationPlan plan) throws IOException {
    Path folder = root.of(plan.experiment());
    List<ExperimentRecord.Cell> before =
        ExperimentRecord.find(folder).map(ExperimentRecord::runs).orElse(List.of());
    List<ExperimentRecord.Cell> own = cells(plan);
    if (!before.containsAll(own)) {
      Set<String> folders = own.stream().map(ExperimentRecord.Cell::folder).collect(toSet());
      Stream<ExperimentRecord.Cell> others =
          before.stream().filter(cell -> !folders.contains(cell.folder()));
      write(plan, folder, Stream.concat(others, own.stream()).toList());
    }
  }

  private void write(AblationPlan plan, Path folder, List<ExperimentRecord.Cell> cells)
      throws IOException {
    Experiment experiment = plan.experiment();
    ClaimsRecord.state(folder, experiment.claims().stream().map(Claim::toString).toList());
    new ExperimentRecord(
            experiment.name(),
            experiment.file(),
            root.way(experiment),
            experiment.overrides(),
            experiment.question(),
            experiment
                .sentenceTransformer()
                .map(path -> RecordedPath.of(path, root.path()))
                .orElse(RecordedPath.NONE),
            experiment.compare(),
            experiment.among(),
            plan.notes(),
            cells)
        .write(folder);
  }

  private static List<ExperimentRecord.Cell> cells(AblationPlan plan) {
    return plan.runs().stream().map(RunBook::cell).toList();
  }

  private static ExperimentRecord.Cell cell(PlannedRun run) {
    return new ExperimentRecord.Cell(
        run.variant().name(),
        run.repeat().seed(),
        run.repeat().draw(),
        run.folder(),
        run.plan().key());
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
    Graded graded = graded(run, predictions);
    List<StageRecord> used = new ArrayList<>();
    stages.forEach((stage, folder) -> used.add(used(run, stage, folder)));
    RunRecord record =
        record(
            plan,
            run,
            RunRecord.Outcome.FINISHED,
            "",
            new RunRecord.Accuracy(
                graded.average().percent(), graded.questions().size(), graded.unreadable()),
            files.questions(dataRoot(run).orElseThrow()).fingerprint(),
            used);
    List<Path> telling =
        stages.entrySet().stream()
            .filter(entry -> entry.getKey().role().tells())
            .map(entry -> entry.getValue().path())
            .toList();
    folder(plan, run).finish(record, predictions, telling, hashes);
    return result(run, predictions);
  }

  private static StageRecord used(PlannedRun run, Stage stage, StageFolder folder) {
    boolean writes = stage.kind() == StageKind.PREDICTION;
    return new StageRecord(
        stage.part(),
        stage.role(),
        stage.name(),
        folder.seconds(),
        folder.computedOn(),
        writes ? run.variant().recipe().pipeline().get(stage.part()).decoding().inWords() : "",
        folder.figures());
  }

  /** Keeps a failed run. */
  RunResult failed(AblationPlan plan, PlannedRun run, String reason) throws IOException {
    folder(plan, run)
        .fail(
            record(
                plan,
                run,
                RunRecord.Outcome.FAILED,
                reason,
                RunRecord.Accuracy.NONE,
                "",
                List.of()));
    return new RunResult.Failed(run.variant().name(), run.repeat(), reason);
  }

  private RunRecord record(
      AblationPlan plan,
      PlannedRun run,
      RunRecord.Outcome outcome,
      String reason,
      RunRecord.Accuracy accuracy,
      String fingerprint,
      List<StageRecord> stages)
      throws IOException {
    Recipe recipe = run.variant().recipe();
    return new RunRecord(
        plan.experiment().name(),
        run.variant().name(),
        run.repeat().seed(),
        run.repeat().draw(),
        outcome,
        reason,
        run.plan().key(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        accuracy,
        recipe.fusion().name(),
        data(run, fingerprint),
        stages,
        Map.of(),
        config(run),
        Provenance.current());
  }

  private static JsonNode config(PlannedRun run) throws IOException {
    return MAPPER.readTree(run.variant().tree().render(ConfigRenderOptions.concise()));
  }

  private DataRecord data(PlannedRun run, String fingerprint) throws IOException {
    DataSettings settings = run.variant().recipe().data();
    return new DataRecord(
        settings.root().map(RunBook::name).orElse("demo"),
        dataRoot(run).map(path -> RecordedPath.of(path, root.path())).orElse(RecordedPath.NONE),
        fingerprint,
        part(Split.TRAIN, settings),
        part(Split.TEST, settings));
  }

  private static DataRecord.Part part(Split split, DataSettings data) {
    return new DataRecord.Part(
        split.name(data), split.limit(data.limits()).orElse(0.0), split.draw(data).orElse(0L));
  }

  private static String name(Path root) {
    return String.valueOf(root.toAbsolutePath().normalize().getFileName());
  }

  /** Where the run's questions lie: given, or made by its first stage. */
  private Optional<Path> dataRoot(PlannedRun run) throws IOException {
    Optional<Path> given = run.variant().recipe().data().root();
    for (Stage stage : run.plan().stages()) {
      if (given.isEmpty() && stage.kind() == StageKind.DATA) {
        return store.find(stage.name()).map(StageFolder::path);
      }
    }
    return given;
  }

  private Graded graded(PlannedRun run, List<Prediction> predictions) throws IOException {
    List<Question> asked =
        Split.TEST.questions(
            files.questions(dataRoot(run).orElseThrow()), run.variant().recipe().data());
    return Grader.strict().written(asked, predictions);
  }

  /** What a run reached, in percent; empty if it failed. */
  Optional<Double> accuracy(PlannedRun run, RunResult result) {
    if (!(result instanceof RunResult.Finished finished)) {
      return Optional.empty();
    }
    try {
      return Optional.of(graded(run, finished.predictions()).average().percent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
