package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code checks/cluster} does at length: SIGKILL of a child, of an executor and of the driver
 * changes no bit of what a cluster computes.
 */
class ClusterRunTest {

  private static final String GRID =
      """
      data  { demo { questions = 60, seed = 3 } }
      model { shape { width = 16, headWidth = 8, heads = 2, feedForward = 32, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 60, optimizer.learningRate = 5e-3, batches.size = 8, dropout = 0.1, saves.every = 0 }
      pipeline.answer { format = QCM-A, source.maxTokens = 64, target.maxTokens = 6 }
      ablation {
        jobs = 2
        variants { text {}, gated { features = detr, fusion = gated }, wild { training.optimizer.learningRate = 1e30 } }
      }
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temporary;

  @Test
  @Timeout(600)
  void comesToTheSameBitsWhateverIsKilled() throws Exception {
    assumeTrue(SparkCluster.isThere(), "no Spark: build with -Pcluster to try runs on a cluster");
    Program alone = Program.of(temporary.resolve("alone"), GRID);
    assertThat(alone.start().waitFor()).as(alone.output()).isEqualTo(ExitStatus.FAILED);

    Program shared = Program.of(temporary.resolve("shared"), GRID);
    Path home = home();
    try (SparkCluster cluster = SparkCluster.start(temporary.resolve("spark"))) {
      List<String> command = command(home, cluster);
      Process driver = shared.start(command);
      try {
        kill(child(driver, shared, 0));
        kill(child(driver, shared, 1));
        ProcessHandle orphan = child(driver, shared, 2);
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
    }
    assertThat(table(shared)).isNotEmpty().isEqualTo(table(alone));
    assertThat(shared.output()).contains("✗ wild seed 1   failed: ");
    assertThat(shared.results()).isEqualTo(alone.results());
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

  /** A Fusebox whose launcher starts what is being tested. */
  private Path home() throws IOException {
    Path home = Files.createDirectories(temporary.resolve("home"));
    Path root = Path.of(System.getProperty("fusebox.root"));
    Files.createDirectories(home.resolve("experiments"));
    Files.createSymbolicLink(
        home.resolve("experiments/cluster"), root.resolve("experiments/cluster"));
    List<String> words = new ArrayList<>();
    Program.command().stream().limit(Program.command().size() - 2L).forEach(words::add);
    Path launcher = home.resolve("fusebox");
    Files.writeString(
        launcher, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(String.join("' '", words)));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private static List<String> command(Path home, SparkCluster cluster) {
    List<String> command = new ArrayList<>(Program.command());
    command.add(1, "-Dfusebox.home=" + home);
    command.addAll(List.of("--on", cluster.master(), "--spark", "spark.executor.memory=512m"));
    command.addAll(List.of("--spark", "spark.driver.host=127.0.0.1"));
    return command;
  }
}
