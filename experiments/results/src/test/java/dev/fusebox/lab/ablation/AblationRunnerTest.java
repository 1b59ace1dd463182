package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.SmallScienceQa;
import dev.fusebox.results.report.AblationTable;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ResultsCheck;
import dev.fusebox.results.report.ResultsFolder;
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationRunnerTest {

  private static final String COMMON =
      """
      data { demo { questions = 60, seed = 3 } }
      pipeline { answer { format = QCM-A } }
      """;

  private static final String TWO_VARIANTS =
      COMMON
          + """
          ablation {
            question = "Does a caption help?"
            seeds = [1, 2]
            variants { text {}, caption { features = caption } }
            compare = { caption = text }
          }
          """;

  /** Notes what happens; asks to stop once {@code stopAfter} steps were seen. */
  private static final class Notes implements AblationListener {
    private final List<String> lines = new ArrayList<>();
    private long stopAfter = Long.MAX_VALUE;
    private long seen;

    @Override
    public StageProgress begins(PlannedRun run, Stage stage) {
      lines.add(run.title() + ": " + stage.title());
      return new StageProgress() {
        @Override
        public void at(long done, long total) {
          seen++;
        }

        @Override
        public void say(String figures) {}

        @Override
        public boolean cancelled() {
          return seen >= stopAfter;
        }
      };
    }

    @Override
    public void ended(PlannedRun run, Stage stage, StageEnd end) {}

    @Override
    public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {
      lines.add(run.title() + (took.isZero() ? " done before" : " done"));
    }
  }

  /** Hears nothing. */
  private static final class SilentListener implements AblationListener {
    @Override
    public StageProgress begins(PlannedRun run, Stage stage) {
      return StageProgress.SILENT;
    }

    @Override
    public void ended(PlannedRun run, Stage stage, StageEnd end) {}

    @Override
    public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {}
  }

  @TempDir Path folder;
  private ResultsRoot root;
  private StageStore store;
  private FileHashes hashes;
  private MajorityModel model;
  private Notes notes;
  private AblationRunner runner;

  @BeforeEach
  void wire() {
    root = new ResultsRoot(folder.resolve("results"));
    hashes = new FileHashes(root.hashes(), false);
    store = new StageStore(root.stages(), hashes);
    model = new MajorityModel();
    notes = new Notes();
    runner = runner(new RunBook(root, store, hashes, files()));
  }

  private OpenedFiles files() {
    return new OpenedFiles(folder.resolve("cache"), hashes);
  }

  private AblationRunner runner(RunBook into) {
    return new AblationRunner(
        new RunPlanner(files(), model, model, new CodeKeys(fusions())),
        new StageRunner(store),
        store,
        into,
        new Devices(new DeviceName("cpu")));
  }

  private static FusionCatalogue fusions() {
    return FusionCatalogue.of(AblationRunnerTest.class.getClassLoader());
  }

  private AblationPlan plan(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), text);
    ExperimentReader reader =
        new ExperimentReader(fusions(), AblationRunnerTest.class.getClassLoader());
    return runner.plan(reader.read(file, List.of()));
  }

  @Test
  void runsEveryCellOnceAndFindsItAgain() throws IOException {
    AblationPlan plan = plan(TWO_VARIANTS);
    List<RunResult> results = runner.run(plan, notes);
    assertThat(results).hasSize(4).allMatch(RunResult.Finished.class::isInstance);
    assertThat(notes.lines)
        .containsExactly(
            "text seed 1: demo data",
            "text seed 1: answer",
            "text seed 1: answer, writing",
            "text seed 1 done",
            "text seed 2: answer",
            "text seed 2: answer, writing",
            "text seed 2 done",
            "caption seed 1: answer",
            "caption seed 1: answer, writing",
            "caption seed 1 done",
            "caption seed 2: answer",
            "caption seed 2: answer, writing",
            "caption seed 2 done");
    String table = TerminalTable.render(AblationTable.of(report().ablation()));
    assertThat(table).contains("Does a caption help?", "2 seeds", "generated, greedy", "chance");

    wire();
    assertThat(runner.run(plan(TWO_VARIANTS), notes)).isEqualTo(results);
    assertThat(model.trained).isEmpty();
    assertThat(notes.lines).hasSize(4).allMatch(line -> line.endsWith("done before"));
  }

  private Report report() throws IOException {
    return ResultsFolder.open(
            root.path().resolve("mine"), new ResultsCheck(hashes), Optional.empty())
        .report();
  }

  @Test
  void aRunTellsWhatMadeIt() throws IOException {
    runner.run(plan(TWO_VARIANTS), notes);
    Path run = root.path().resolve("mine/caption-seed2");
    JsonNode record = new ObjectMapper().readTree(run.resolve("run.json").toFile());
    assertThat(record.path("outcome").asText()).isEqualTo("finished");
    assertThat(record.at("/config/features/source").asText()).isEqualTo("caption");
    assertThat(record.at("/stages")).hasSize(3);
    assertThat(record.at("/made/jvm").asText()).isNotEmpty();
    assertThat(record.at("/accuracy/questions").asInt()).isPositive();
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("step");
    assertThat(Files.readAllLines(run.resolve("predictions.jsonl"))).isNotEmpty();
  }

  @Test
  void aRunThatFailsIsARow() throws IOException {
    List<RunResult> results =
        runner.run(
            plan(
                COMMON
                    + "ablation.variants { good {}, bad { training.optimizer.learningRate = 9 } }"),
            notes);
    assertThat(results.get(0)).isInstanceOf(RunResult.Finished.class);
    assertThat(results.get(1)).isEqualTo(new RunResult.Failed("bad", 1, "loss is NaN at step 3"));
    assertThat(root.path().resolve("mine/bad-seed1/run.json")).content().contains("loss is NaN");
  }

  /** A fusion may throw anything; its run is a row, with all that is known. */
  @Test
  void aRunThatEndsInAnErrorIsARowWithItsWholeReason() throws IOException {
    List<RunResult> results =
        runner.run(
            plan(
                COMMON
                    + "ablation.variants { bad { training.optimizer.learningRate = 8 }, good {} }"),
            notes);
    String reason =
        "java.lang.AssertionError: names\n  first\n  second\ncaused by: java.lang.StackOverflowError";
    assertThat(results.get(0)).isEqualTo(new RunResult.Failed("bad", 1, reason));
    assertThat(results.get(1)).isInstanceOf(RunResult.Finished.class);
    JsonNode record =
        new ObjectMapper().readTree(root.path().resolve("mine/bad-seed1/run.json").toFile());
    assertThat(record.path("reason").asText()).isEqualTo(reason);
  }

  @Test
  void whatIsFoundInTheDataIsKeptWithTheResults() throws IOException {
    Path data = SmallScienceQa.in(folder.resolve("data"));
    Files.writeString(
        data.resolve("scienceqa/problems.json"),
        SmallScienceQa.PROBLEMS.replace("\"run\", \"dog\"", "\"dog\", \"dog\""));
    WordTokenizer.learn(Stream.of("a b c"), 1).save(data);
    AblationPlan plan = plan("data.root = " + data + "\npipeline { answer { format = QCM-A } }");
    String note = "1 question has options that read the same, of which one counts as right: 3";
    assertThat(plan.notes()).containsExactly(note);
    new RunBook(root, store, hashes, files()).open(plan);
    assertThat(root.path().resolve("mine/experiment.json")).content().contains(note);
  }

  @Test
  void severalStagesAtOnceComeToTheSame() throws IOException {
    String stages =
        """
        data { demo { questions = 60, seed = 3 } }
        pretraining { texts = 20, training.steps = 2 }
        pipeline {
          rationale { format = QCM-E, target.maxTokens = 128, start = model }
          answer    { format = QCMG-A, from = rationale }
        }
        ablation {
          seeds = [1, 2, 3]
          variants { text {}, caption { features = caption }, bad { training.optimizer.learningRate = 9 } }
        }
        """;
    List<RunResult> alone = runner.run(plan(stages), notes);
    root = new ResultsRoot(folder.resolve("others"));
    store = new StageStore(root.stages(), hashes);
    List<RunResult> together =
        runner(new RunBook(root, store, hashes, files()))
            .run(plan(stages + "ablation.jobs = 4"), new SilentListener());
    assertThat(together).isEqualTo(alone).hasSize(9);
    assertThat(together.subList(6, 9)).allMatch(RunResult.Failed.class::isInstance);
    assertThat(root.path().resolve("mine/caption-seed3/run.json")).exists();
  }

  @Test
  void aStopLetsAllWorkersSave() throws IOException {
    notes.stopAfter = 14;
    assertThatThrownBy(() -> runner.run(plan(TWO_VARIANTS + "ablation.jobs = 3"), notes))
        .isInstanceOf(StageCancelled.class);
    wire();
    assertThat(runner.run(plan(TWO_VARIANTS + "ablation.jobs = 3"), new SilentListener()))
        .hasSize(4)
        .allMatch(RunResult.Finished.class::isInstance);
  }

  @Test
  void whatWasInterruptedGoesOnWhereItStopped() throws IOException {
    notes.stopAfter = 14;
    assertThatThrownBy(() -> runner.run(plan(TWO_VARIANTS), notes))
        .isInstanceOf(StageCancelled.class);
    int before = model.steps;
    assertThat(before).isEqualTo(14);
    wire();
    runner.run(plan(TWO_VARIANTS), notes);
    assertThat(before + model.steps).isEqualTo(4 * MajorityModel.STEPS);
  }

  /** Cells of the settings before lie in the same folders and are none of the experiment's. */
  @Test
  void anInterruptedOverrideDoesNotMixWithWhatWasThere() throws IOException {
    runner.run(plan(TWO_VARIANTS), notes);
    assertThat(report().ablation().runs())
        .hasSize(4)
        .doesNotHaveAnyElementsOfTypes(RunResult.NotMade.class);
    wire();
    notes.stopAfter = MajorityModel.STEPS + 4;
    assertThatThrownBy(() -> runner.run(plan(TWO_VARIANTS + "training.steps = 60"), notes))
        .isInstanceOf(StageCancelled.class);
    List<RunResult> shown = report().ablation().runs();
    assertThat(shown.get(0)).isInstanceOf(RunResult.Finished.class);
    assertThat(shown.subList(1, 4))
        .containsExactly(
            new RunResult.NotMade("text", 2),
            new RunResult.NotMade("caption", 1),
            new RunResult.NotMade("caption", 2));
  }

  @Test
  void pretrainingIsSharedByAllCellsAndTheirSeeds() throws IOException {
    AblationPlan plan = plan(TWO_VARIANTS + "pretraining { texts = 20, training.steps = 2 }\n");
    runner.run(plan, notes);
    assertThat(model.trained).hasSize(1 + 4);
    assertThat(model.trained.get(0).train()).hasSize(20);
    assertThat(model.trained.subList(1, 5))
        .allSatisfy(task -> assertThat(task.start().orElseThrow()).isDirectory());
    assertThat(PlanText.of(plan, store, root))
        .contains("2 variants x 2 seeds = 4 runs, 10 stages; 0 to do, 10 done, 2 shared")
        .contains("nothing to do");
  }

  @Test
  void howStatesAreSavedChangesNoResult() throws IOException {
    AblationPlan plan =
        plan(
            COMMON
                + """
                pretraining { texts = 20, training.steps = 2 }
                ablation.variants {
                  usual  {}
                  often  { training.saves { every = 1, keep = 3 }, pretraining.training.saves.every = 2 }
                  longer { training.steps = 3 }
                }
                """);
    assertThat(names(plan.runs().get(1))).isEqualTo(names(plan.runs().get(0)));
    assertThat(names(plan.runs().get(2))).isNotEqualTo(names(plan.runs().get(0)));
  }

  private static List<String> names(PlannedRun run) {
    return run.plan().stages().stream().map(Stage::name).toList();
  }

  @Test
  void aStageReadsWhatTheStageBeforeItWrote() throws IOException {
    String twoStages =
        """
        data { demo { questions = 60, seed = 3 } }
        pipeline {
          rationale { format = QCM-E, target.maxTokens = 128 }
          answer    { format = QCMG-A, from = rationale }
        }
        ablation.variants { gold {}, generated { pipeline.answer.trainOn = generated } }
        """;
    runner.run(plan(twoStages), notes);
    // rationale (shared), answer on gold, answer on generated
    assertThat(model.trained).hasSize(3);
    // rationale on test (shared) and train, answer of each
    assertThat(model.predicted).hasSize(4);
    int[] gold = model.trained.get(1).train().get(0).source();
    int[] generated = model.trained.get(2).train().get(0).source();
    assertThat(generated).isNotEqualTo(gold);
  }

  /** The way the test questions will be read decides which weights are kept. */
  @Test
  void validationReadsWhatTheStageBeforeItWroteWhateverIsLearntFrom() throws IOException {
    String looking =
        """
        data { demo { questions = 60, seed = 3 } }
        pipeline {
          rationale { format = QCM-E, target.maxTokens = 128 }
          answer    { format = QCMG-A, from = rationale, training.validation { every = 1, metric = accuracy } }
        }
        ablation.variants { looking {} }
        """;
    runner.run(plan(looking), notes);
    assertThat(notes.lines).contains("looking seed 1: rationale, writing validation");
    assertThat(model.trained.get(1).validation()).isNotEmpty();
  }

  @Test
  void stagesFormAChainAndCutTextsAreTold() throws IOException {
    String chain =
        """
        data { demo { questions = 60, seed = 3 } }
        pipeline {
          description { format = QCM-D, target.maxTokens = 8 }
          summary     { format = QCMG-DL, from = description, trainOn = generated, retrieval.passages = 1, target.maxTokens = 512 }
          rationale   { format = QCMG-E, from = summary, trainOn = generated }
          answer      { format = QCMG-A, from = rationale, trainOn = generated }
        }
        """;
    AblationPlan plan = plan(chain);
    assertThat(runner.run(plan, notes)).allMatch(RunResult.Finished.class::isInstance);
    assertThat(model.trained).hasSize(4);
    assertThat(model.trained.get(0).train().get(0).targetText()).startsWith("Description:");
    assertThat(model.trained.get(1).train().get(0).targetText()).contains(" Lecture: ");
    assertThat(CutTexts.of(plan, store))
        .hasSize(1)
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("description: of ")
        .endsWith(" targets were too long and cut");
    assertThatThrownBy(
            () -> plan(chain.replace("from = summary, trainOn = generated", "from = summary")))
        .hasMessageContaining(
            "pipeline.rationale.trainOn must be generated where summary writes QCMG-DL, found gold");
  }

  @Test
  void retrievedPassagesJoinTheContext() throws IOException {
    String retrieving =
        COMMON
            + """
            ablation.variants {
              plain     {}
              retrieved { pipeline.answer.retrieval { passages = 1 } }
            }
            """;
    runner.run(plan(retrieving), notes);
    assertThat(model.trained).hasSize(2);
    assertThat(model.trained.get(1).train().get(0).source().length)
        .isGreaterThan(model.trained.get(0).train().get(0).source().length);
  }

  @Test
  void halfWrittenResultsAreMadeAgain() throws IOException {
    AblationPlan plan = plan(TWO_VARIANTS);
    runner.run(plan, notes);
    Stage answer = plan.runs().get(0).plan().answer();
    Path whole = root.stages().resolve(answer.name());
    Files.delete(whole.resolve("stage.json"));
    Path run = root.path().resolve("mine/text-seed1/run.json");
    Files.delete(run);
    wire();
    runner.run(plan(TWO_VARIANTS), notes);
    assertThat(notes.lines).contains("text seed 1: answer, writing", "text seed 1 done");
    assertThat(whole.resolve("stage.json")).exists();
    assertThat(run).exists();
  }

  @Test
  void nothingUnfinishedIsLeft() throws IOException {
    runner.run(plan(TWO_VARIANTS), notes);
    try (Stream<Path> files = Files.walk(root.path())) {
      assertThat(files.map(Path::toString))
          .noneMatch(file -> file.endsWith(".partial") || file.endsWith(".unfinished"));
    }
  }
}
