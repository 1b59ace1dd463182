package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.lab.lease.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code checks/cluster} does at length: SIGKILL of a child, of an executor and of the driver,
 * Ctrl-C and a full disk change no bit of what a cluster computes.
 */
class ClusterRunTest {

  private static final String GRID =
      """
      data  { demo { questions = 60, seed = 3 } }
      model { shape { width = 16, headWidth = 8, heads = 2, feedForward = 32, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 300, optimizer.learningRate = 5e-3, batches.size = 8, dropout = 0.1, saves.every = 0 }
      pipeline.answer { format = QCM-A, source.maxTokens = 64, target.maxTokens = 6 }
      ablation {
        jobs = 2
        variants { text {}, gated { features = detr, fusion = gated }, wild { training.optimizer.learningRate = 1e30 } }
      }
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SMALL =
      GRID.replaceAll("variants .*", "variants { text {} }").replace("steps = 300", "steps = 10");

  private static SparkCluster cluster;

  @TempDir Path temporary;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    assumeTrue(SparkCluster.isThere(), "no Spark: build with -Pcluster to try runs on a cluster");
    cluster = SparkCluster.start(folder.resolve("spark"));
  }

  @AfterAll
  static void end() throws InterruptedException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Timeout(600)
  void comesToTheSameBitsWhateverIsKilled() throws Exception {
    Program alone = Program.of(temporary.resolve("alone"), GRID);
    assertThat(alone.start().waitFor()).as(alone.output()).isEqualTo(ExitStatus.FAILED);

    Program shared = Program.of(temporary.resolve("shared"), GRID);
    List<String> command = command(home(""));
    Process interrupted = shared.start(command);
    kill(child(interrupted, shared, 0));
    ProcessHandle asked = child(interrupted, shared, 1);
    assertThat(new ProcessBuilder("kill", "-INT", "" + interrupted.pid()).start().waitFor())
        .isZero();
    assertThat(interrupted.waitFor()).as(shared.output()).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(asked.onExit().get(60, TimeUnit.SECONDS)).as("Ctrl-C stops children").isNotNull();
    Process driver = shared.start(command);
    try {
      ProcessHandle orphan = child(driver, shared, 0);
      cluster.executors().forEach(ClusterRunTest::kill);
      assertThat(orphan.onExit().get(60, TimeUnit.SECONDS)).as("stops by itself").isNotNull();
    } finally {
      List<ProcessHandle> spark = driver.descendants().toList();
      driver.destroyForcibly().waitFor();
      for (ProcessHandle each : spark) {
        each.onExit().get(60, TimeUnit.SECONDS); // Spark's part sees that who asked is gone
      }
    }
    Process again = shared.start(command);
    assertThat(again.waitFor()).as(shared.output()).isEqualTo(ExitStatus.FAILED);
    assertThat(table(shared)).isNotEmpty().isEqualTo(table(alone));
    assertThat(shared.output()).contains("✗ wild seed 1   failed: ");
    assertThat(shared.results()).isEqualTo(alone.results());
    assertThat(shared.output())
        .as("where a stage is computed")
        .containsPattern("text seed 1 +answer .*" + Pattern.quote(Holder.thisHost()));
    for (Path stage : stages(shared)) {
      assertThat(stage.resolve("log.txt")).content().contains("attempt ");
    }
  }

  /** A disk that is full on one machine costs an attempt; another machine has room. */
  @Test
  @Timeout(300)
  void aFullDiskOnOneMachineIsAnAttemptThatFails() throws Exception {
    Program alone = Program.of(temporary.resolve("alone"), SMALL);
    assertThat(alone.start().waitFor()).as(alone.output()).isZero();
    Program shared = Program.of(temporary.resolve("shared"), SMALL);
    String full =
        """
        case $* in *training-*) if mkdir '%s' 2>/dev/null; then ulimit -f 8; fi ;; esac
        """
            .formatted(temporary.resolve("full"));
    Process driver = shared.start(command(home(full)));
    assertThat(driver.waitFor()).as(shared.output()).isZero();
    assertThat(temporary.resolve("full")).isDirectory();
    assertThat(shared.results()).isEqualTo(alone.results());
  }

  @Test
  @Timeout(300)
  void aMachineWithAnotherVersionIsRefusedAndBothAreNamed() throws Exception {
    Program shared = Program.of(temporary.resolve("shared"), SMALL);
    String other =
        """
        for word; do
          shift
          case $word in --planned-by=*) word='--planned-by=fusebox 7, DJL 0, Java 99 on node3' ;; esac
          set -- "$@" "$word"
        done
        """;
    Process driver = shared.start(command(home(other)));
    assertThat(driver.waitFor()).as(shared.output()).isEqualTo(ExitStatus.FAILED);
    assertThat(shared.output())
        .contains("on " + Holder.thisHost() + ": " + Holder.thisHost() + " has fusebox ")
        .contains("node3 with fusebox 7, DJL 0, Java 99");
  }

  /** Those that are finished. */
  private static List<Path> stages(Program program) throws IOException {
    try (Stream<Path> all = Files.list(program.stages())) {
      return all.filter(each -> each.getFileName().toString().matches("[^.]+")).toList();
    }
  }

  private static void kill(ProcessHandle process) {
    assertThat(process.destroyForcibly()).isTrue();
  }

  /** The child of a training that begins as the n-th or later. */
  private static ProcessHandle child(Process driver, Program program, int n) throws Exception {
    while (true) {
      assertThat(driver.isAlive()).as(program.output()).isTrue();
      List<ProcessHandle> alive = trainings(program.stages().resolve(".logs"), n);
      if (!alive.isEmpty()) {
        return alive.get(0);
      }
      Thread.sleep(20);
    }
  }

  /** Those that are alive, if so many or more have begun. */
  private static List<ProcessHandle> trainings(Path logs, int least) throws IOException {
    List<ProcessHandle> alive = new ArrayList<>();
    int begun = 0;
    if (Files.isDirectory(logs)) {
      for (Path file : files(logs)) {
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith("{\"event\":\"begun\"") && line.endsWith("}")) {
            begun++;
            JsonNode event = JSON.readTree(line);
            Optional<ProcessHandle> process = ProcessHandle.of(event.path("pid").asLong());
            process.filter(ProcessHandle::isAlive).ifPresent(alive::add);
          }
        }
      }
    }
    return begun > least ? alive : List.of();
  }

  private static List<Path> files(Path logs) throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .filter(file -> file.getFileName().toString().matches("training-.*\\.jsonl"))
          .toList();
    }
  }

  private static List<String> table(Program program) throws IOException {
    List<String> lines = program.output().lines().toList();
    return lines.stream()
        .dropWhile(line -> !line.startsWith("accuracy"))
        .filter(line -> !line.contains("fusebox report"))
        .toList();
  }

  /**
   * A Fusebox whose launcher starts what is being tested.
   *
   * @param before what the launcher's shell does first
   */
  private Path home(String before) throws IOException {
    Path home = Files.createDirectories(temporary.resolve("home"));
    Path root = Path.of(System.getProperty("fusebox.root"));
    Files.createDirectories(home.resolve("experiments"));
    Files.createSymbolicLink(
        home.resolve("experiments/cluster"), root.resolve("experiments/cluster"));
    List<String> words = new ArrayList<>();
    Program.command().stream().limit(Program.command().size() - 2L).forEach(words::add);
    Path launcher = home.resolve("fusebox");
    Files.writeString(
        launcher, "#!/bin/sh\n%sexec '%s' \"$@\"\n".formatted(before, String.join("' '", words)));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private static List<String> command(Path home) {
    List<String> command = new ArrayList<>(Program.command());
    command.add(1, "-Dfusebox.home=" + home);
    command.addAll(List.of("--on", cluster.master(), "--spark", "spark.executor.memory=512m"));
    command.addAll(List.of("--spark", "spark.driver.host=127.0.0.1"));
    return command;
  }
}
