package dev.fusebox.experiments.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigRenderOptions;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.data.DataSettings;
import dev.fusebox.experiments.data.Dataset;
import dev.fusebox.experiments.data.Question;
import dev.fusebox.experiments.data.WholeFile;
import dev.fusebox.experiments.evaluate.Graded;
import dev.fusebox.experiments.evaluate.Grader;
import dev.fusebox.experiments.evaluate.Prediction;
import dev.fusebox.experiments.pipeline.Recipe;
import dev.fusebox.experiments.pipeline.Split;
import dev.fusebox.experiments.pipeline.Stage;
import dev.fusebox.experiments.pipeline.StageKind;
import dev.fusebox.experiments.pipeline.Workshop;
import dev.fusebox.experiments.report.Ablation;
import dev.fusebox.experiments.report.RunResult;
import dev.fusebox.experiments.store.JsonFiles;
import dev.fusebox.experiments.store.PredictionFile;
import dev.fusebox.experiments.store.Provenance;
import dev.fusebox.experiments.store.RunFolder;
import dev.fusebox.experiments.store.StageFolder;
import dev.fusebox.experiments.store.StageStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the runs of an experiment in its directory, and reads them back. */
public final class RunBook {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ResultsRoot root;
  private final StageStore store;
  private final Workshop workshop;

  /** A book in a directory of results. */
  @Inject
  public RunBook(ResultsRoot root, StageStore store, Workshop workshop) {
    this.root = root;
    this.store = store;
    this.workshop = workshop;
  }

  /** Writes which runs belong to the experiment now; clears away what killed processes left. */
  void open(AblationPlan plan) throws IOException {
    Experiment experiment = plan.experiment();
    WholeFile.sweep(root.of(experiment));
    WholeFile.sweep(root.cache());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", experiment.name());
    node.put("file", experiment.file());
    ArrayNode overrides = node.putArray("overrides");
    experiment.overrides().forEach(overrides::add);
    node.put("question", experiment.question());
    experiment
        .sentenceTransformer()
        .ifPresent(directory -> node.put("sentenceTransformer", directory.toString()));
    ObjectNode compare = node.putObject("compare");
    experiment.compare().forEach(compare::put);
    ArrayNode notes = node.putArray("notes");
    plan.notes().forEach(notes::add);
    ArrayNode runs = node.putArray("runs");
    for (PlannedRun run : plan.runs()) {
      runs.addObject()
          .put("variant", run.variant().name())
          .put("seed", run.seed())
          .put("folder", run.folder())
          .put("key", run.plan().answer().key());
    }
    JsonFiles.write(root.of(experiment).resolve("experiment.json"), node);
  }

  /**
   * What a reader of the results must know of the data.
   *
   * @throws UserError where the data make the results worth nothing
   */
  List<String> notes(Experiment experiment) throws IOException {
    return DataNotes.of(experiment, workshop);
  }

  private RunFolder folder(AblationPlan plan, PlannedRun run) {
    return new RunFolder(root.of(plan.experiment()).resolve(run.folder()));
  }

  /** The run as it was finished before, if nothing that matters has changed since. */
  Optional<RunResult> find(AblationPlan plan, PlannedRun run) throws IOException {
    RunFolder folder = folder(plan, run);
    Optional<JsonNode> record = folder.record();
    boolean same =
        record.isPresent()
            && record.get().path("outcome").asText().equals("finished")
            && record.get().path("key").asText().equals(run.plan().answer().key())
            && store.find(run.plan().answer().name()).isPresent();
    return same ? Optional.of(result(run, folder.predictions())) : Optional.empty();
  }

  private static RunResult result(PlannedRun run, List<Prediction> predictions) {
    Recipe recipe = run.variant().recipe();
    String decoding = recipe.pipeline().get(recipe.lastStage()).decoding().inWords();
    return new RunResult.Finished(run.variant().name(), run.seed(), decoding, predictions);
  }

  /** Keeps a finished run. */
  RunResult finished(AblationPlan plan, PlannedRun run, Map<Stage, StageFolder> stages)
      throws IOException {
    List<Prediction> predictions =
        PredictionFile.read(stages.get(run.plan().answer()).path().resolve(PredictionFile.NAME));
    RunResult result = result(run, predictions);
    ObjectNode record = record(plan, run, "finished");
    ArrayNode list = record.putArray("stages");
    stages.forEach((stage, folder) -> list.add(describe(stage, folder)));
    Graded graded = graded(run, predictions);
    record
        .putObject("accuracy")
        .put("percent", graded.average().percent())
        .put("questions", graded.questions().size())
        .put("unreadable", graded.unreadable());
    List<Path> telling =
        stages.entrySet().stream()
            .filter(entry -> tells(entry.getKey()))
            .map(entry -> entry.getValue().path())
            .toList();
    folder(plan, run).finish(record, predictions, telling);
    return result;
  }

  /** What is learnt and what is written for the test questions; not what comes before. */
  private static boolean tells(Stage stage) {
    return stage.kind() == StageKind.TRAINING || stage.title().endsWith(", writing");
  }

  private static ObjectNode describe(Stage stage, StageFolder folder) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", stage.title()).put("name", stage.name()).put("seconds", folder.seconds());
    node.set("figures", folder.figures());
    return node;
  }

  /** Keeps a run that came to nothing. */
  RunResult failed(AblationPlan plan, PlannedRun run, String reason) throws IOException {
    folder(plan, run).fail(record(plan, run, "failed").put("reason", reason));
    return new RunResult.Failed(run.variant().name(), run.seed(), reason);
  }

  private ObjectNode record(AblationPlan plan, PlannedRun run, String outcome) throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("experiment", plan.experiment().name());
    node.put("variant", run.variant().name());
    node.put("seed", run.seed());
    node.put("outcome", outcome);
    node.put("key", run.plan().answer().key());
    node.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    node.put("data", dataRoot(run).map(Path::toString).orElse(null));
    node.set("config", MAPPER.readTree(run.variant().tree().render(ConfigRenderOptions.concise())));
    node.set("made", Provenance.current());
    return node;
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
    return Grader.strict().written(questions(run, Split.TEST), predictions);
  }

  private List<Question> questions(PlannedRun run, Split split) throws IOException {
    DataSettings data = run.variant().recipe().data();
    Dataset dataset = workshop.questions(dataRoot(run).orElseThrow());
    return split.questions(dataset, data);
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

  /** Everything a table needs. The variants must ask the same questions. */
  public Ablation ablation(AblationPlan plan, List<RunResult> results) throws IOException {
    PlannedRun first = plan.runs().get(0);
    return new Ablation(
        plan.experiment().question(),
        first.variant().recipe().data().root().map(RunBook::name).orElse("demo"),
        questions(first, Split.TRAIN),
        questions(first, Split.TEST),
        results,
        plan.experiment().compare());
  }

  private static String name(Path root) {
    return String.valueOf(root.toAbsolutePath().normalize().getFileName());
  }
}
