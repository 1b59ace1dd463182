package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Injector;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.AblationRunner;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.track.Tracking;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real training, told to a real server. Where there is no {@code mlflow} (pip install mlflow),
 * the tests that need one are skipped; {@code FUSEBOX_MLFLOW=/path/to/mlflow} says where it is.
 */
class TrackingTest {

  private static final int STEPS = 12;
  private static final String EXPERIMENT =
      """
      data { demo { questions = 60, seed = 3 } }
      features = detr
      fusion = gated
      model.shape { width = 16, headWidth = 8, heads = 2, feedForward = 32, encoderLayers = 1, decoderLayers = 1 }
      training {
        steps = 12, optimizer.learningRate = 1e-3, batches.size = 4, validation.every = 1, dropout = 0.1
      }
      pipeline { answer { format = QCM-A, target.maxTokens = 4 } }
      """;

  /** Does something after so many steps of a training, and may stop it then; shows nothing. */
  private record AtStep(long step, boolean stops, Runnable then) implements AblationListener {

    private static AtStep never() {
      return new AtStep(-1, false, () -> {});
    }

    @Override
    public StageProgress begins(PlannedRun run, Stage stage) {
      return new StageProgress() {
        private boolean stopped;

        @Override
        public void at(long done, long total) {
          if (stage.kind() == StageKind.TRAINING && done == step) {
            then.run();
            stopped = stops;
          }
        }

        @Override
        public void say(String figures) {}

        @Override
        public boolean cancelled() {
          return stopped;
        }
      };
    }

    @Override
    public void ended(PlannedRun run, Stage stage, StageEnd end) {}

    @Override
    public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {}
  }

  @TempDir static Path shared;
  private static Optional<MlflowServer> server = Optional.empty();

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Optional<Path> program = MlflowServer.program();
    if (program.isPresent()) {
      server = Optional.of(MlflowServer.start(program.get(), shared));
    }
  }

  @AfterAll
  static void stop() {
    server.ifPresent(MlflowServer::close);
  }

  private static MlflowServer server() {
    assumeTrue(
        server.isPresent(),
        "no mlflow here: pip install mlflow, and set FUSEBOX_MLFLOW to its program");
    return server.orElseThrow();
  }

  /** Runs the experiment under a name of its own; stages go to {@code results}. */
  private List<RunResult> run(
      String name, String address, Path results, AblationListener listener, String... more)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".conf"), EXPERIMENT);
    List<String> overrides = new ArrayList<>(List.of(more));
    if (!address.isEmpty()) {
      overrides.add("tracking.mlflow=" + address);
    }
    Injector wiring =
        Wiring.with(
            results,
            Optional.empty(),
            false,
            getClass().getClassLoader(),
            new Devices(new DeviceName("cpu")));
    AblationRunner runner = wiring.getInstance(AblationRunner.class);
    AblationPlan plan =
        runner.plan(wiring.getInstance(ExperimentReader.class).read(file, overrides));
    try (Tracking tracking = Tracking.of(plan.experiment(), new PrintWriter(err, true))) {
      return runner.run(plan, tracking.around(listener));
    }
  }

  private static List<JsonNode> trainings(List<JsonNode> runs) {
    return runs.stream()
        .filter(run -> MlflowServer.tag(run, "fusebox.kind").equals("training"))
        .toList();
  }

  private static List<JsonNode> metrics(Path results) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(results.resolve("stages"))) {
      for (Path file : files.filter(f -> f.endsWith("metrics.jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return lines;
  }

  private static List<String> points(List<JsonNode> lines, String name) {
    return lines.stream()
        .filter(line -> line.has(name))
        .map(line -> line.path("step").asLong() + " " + line.path(name).asDouble())
        .toList();
  }

  /** Every file of trained stages and predictions by its place, but for records of time. */
  private static Map<String, String> bits(Path results) throws IOException {
    Map<String, String> bits = new TreeMap<>();
    Path stages = results.resolve("stages");
    try (Stream<Path> files = Files.walk(stages)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("stage.json")) {
          bits.put(stages.relativize(file).toString(), new Fingerprint().add(file).hex());
        }
      }
    }
    return bits;
  }

  @Test
  void aRunForEachStageWithWhatItIsAndWhatItMeasured() throws Exception {
    MlflowServer mlflow = server();
    Path results = folder.resolve("results");
    run("curves", mlflow.address(), results, AtStep.never());
    assertThat(err.toString()).isEmpty();

    List<JsonNode> runs = mlflow.runs("curves");
    assertThat(runs)
        .extracting(run -> run.at("/info/run_name").asText())
        .containsExactly("curves seed 1 answer", "curves seed 1 answer, writing");
    assertThat(runs).allMatch(run -> run.at("/info/status").asText().equals("FINISHED"));

    JsonNode training = runs.get(0);
    assertThat(MlflowServer.parameter(training, "training.optimizer.learningRate"))
        .isEqualTo("0.001");
    assertThat(MlflowServer.parameter(training, "data.demo.questions")).isEqualTo("60");
    assertThat(MlflowServer.parameter(training, "fusion.name")).isEqualTo("gated");
    assertThat(MlflowServer.parameter(training, "seed")).isEqualTo("1");
    assertThat(MlflowServer.tag(training, "fusebox.fusion")).isEqualTo("gated");
    assertThat(MlflowServer.tag(training, "fusebox.variant")).isEqualTo("curves");
    assertThat(MlflowServer.tag(training, "fusebox.made.jvm")).isNotEmpty();
    assertThat(results.resolve("stages/training-" + MlflowServer.tag(training, "fusebox.stage")))
        .isDirectory();

    List<JsonNode> lines = metrics(results);
    for (String name : List.of("loss", "gradientNorm", "learningRate", "validationLoss")) {
      assertThat(mlflow.curve(training, name))
          .as(name)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(points(lines, name));
    }
    assertThat(mlflow.curve(training, "tokensPerSecond")).hasSize(STEPS);
    assertThat(mlflow.curve(runs.get(1), "accuracy")).hasSize(1);
  }

  @Test
  void whatGoesOnIsTheSameRunAndHasTheSameBits() throws Exception {
    MlflowServer mlflow = server();
    Path results = folder.resolve("results");
    AtStep five = new AtStep(5, true, () -> {});
    assertThatThrownBy(() -> run("resumed", mlflow.address(), results, five))
        .isInstanceOf(StageCancelled.class);
    List<JsonNode> stopped = mlflow.runs("resumed");
    assertThat(stopped).hasSize(1);
    assertThat(stopped.get(0).at("/info/status").asText()).isEqualTo("KILLED");
    assertThat(mlflow.curve(stopped.get(0), "loss")).hasSize(5);

    run("resumed", mlflow.address(), results, AtStep.never());
    List<JsonNode> whole = trainings(mlflow.runs("resumed"));
    assertThat(whole).extracting(MlflowServer::id).containsExactly(MlflowServer.id(stopped.get(0)));
    assertThat(whole.get(0).at("/info/status").asText()).isEqualTo("FINISHED");
    assertThat(mlflow.curve(whole.get(0), "loss"))
        .containsExactlyInAnyOrderElementsOf(points(metrics(results), "loss"))
        .hasSize(STEPS);
    assertThat(err.toString()).isEmpty();

    Path untracked = folder.resolve("untracked");
    run("resumed", "", untracked, AtStep.never());
    assertThat(bits(results)).isEqualTo(bits(untracked)).isNotEmpty();
  }

  @Test
  void aStageThatFailsIsShownAsFailed() throws Exception {
    MlflowServer mlflow = server();
    List<RunResult> results =
        run(
            "failing",
            mlflow.address(),
            folder.resolve("results"),
            AtStep.never(),
            "training.optimizer.learningRate=1e30");
    assertThat(results).hasOnlyElementsOfType(RunResult.Failed.class);
    assertThat(mlflow.runs("failing"))
        .extracting(run -> run.at("/info/status").asText())
        .containsExactly("FAILED");
  }

  @Test
  void aServerThatDiesInTheMiddleChangesNothing() throws Exception {
    server();
    Path dying = Files.createDirectories(folder.resolve("dying"));
    Path results = folder.resolve("results");
    try (MlflowServer mlflow = MlflowServer.start(MlflowServer.program().orElseThrow(), dying)) {
      AtStep dies = new AtStep(5, false, () -> killOnceItKnows(mlflow, "dying"));
      assertThat(run("dying", mlflow.address(), results, dies))
          .hasOnlyElementsOfType(RunResult.Finished.class);
    }
    assertThat(err.toString().lines()).singleElement().asString().contains("did not arrive");
    run("dying", "", folder.resolve("untracked"), AtStep.never());
    assertThat(bits(results)).isEqualTo(bits(folder.resolve("untracked")));
  }

  private static void killOnceItKnows(MlflowServer mlflow, String experiment) {
    try {
      while (mlflow.runs(experiment).isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    mlflow.kill();
  }

  @Test
  void nobodyAtTheAddressChangesNothing() throws IOException {
    String address = "http://127.0.0.1:" + MlflowServer.freePort();
    assertThat(run("nobody", address, folder.resolve("results"), AtStep.never()))
        .hasOnlyElementsOfType(RunResult.Finished.class);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("tracking: " + address + ": ")
        .contains("metrics", "did not arrive", "metrics.jsonl");
    run("nobody", "", folder.resolve("untracked"), AtStep.never());
    assertThat(bits(folder.resolve("results"))).isEqualTo(bits(folder.resolve("untracked")));
  }

  @Test
  void aServerThatNeverAnswersIsNotWaitedFor() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      run("first", "", folder.resolve("untracked"), AtStep.never());
      Instant start = Instant.now();
      run(
          "silent",
          "http://127.0.0.1:" + silent.getLocalPort(),
          folder.resolve("results"),
          AtStep.never());
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
      assertThat(err.toString().lines()).singleElement().asString().contains("did not arrive");
    }
  }

  @Test
  void noStageIsCalledOtherwiseForBeingTracked() throws IOException {
    Path file = Files.writeString(folder.resolve("keys.conf"), EXPERIMENT);
    List<List<String>> names = new ArrayList<>();
    for (List<String> given :
        List.of(
            List.<String>of(),
            List.of("tracking.mlflow=\"http://localhost:1\"", "tracking.experiment=other"))) {
      Injector wiring =
          Wiring.with(
              folder.resolve("results"),
              Optional.empty(),
              false,
              getClass().getClassLoader(),
              new Devices(new DeviceName("cpu")));
      AblationPlan plan =
          wiring
              .getInstance(AblationRunner.class)
              .plan(wiring.getInstance(ExperimentReader.class).read(file, given));
      names.add(
          plan.runs().stream()
              .flatMap(run -> run.plan().stages().stream())
              .map(Stage::name)
              .toList());
    }
    assertThat(names.get(0)).isNotEmpty().isEqualTo(names.get(1));
  }
}
