package dev.fusebox.cli;

import dev.fusebox.remote.SparkHome;
import dev.fusebox.remote.SparkProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where stages are computed, if not in this process. */
final class ClusterArguments {

  @Option(
      names = "--on",
      paramLabel = "MASTER",
      description = "Compute on a Spark cluster: spark://HOST:7077; see docs/cluster.md.")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--spark",
      paramLabel = "KEY=VALUE",
      description = "With --on: a Spark setting, such as spark.task.cpus=4; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "With --on: where Fusebox is on the workers, if not at the same path as here.")
  private Optional<Path> home = Optional.empty();

  boolean isGiven() {
    return master.isPresent();
  }

  /** Starts Spark's driver. */
  SparkProcess start(String name, Path log) throws IOException {
    SparkHome spark = SparkHome.of(Launcher.home(), master.orElseThrow(), System.getenv());
    return SparkProcess.start(spark, master.orElseThrow(), "fusebox " + name, settings, log);
  }

  /** What computes a stage on a worker, its key left out. */
  List<String> command(List<String> arguments) {
    List<String> words =
        new ArrayList<>(List.of(Launcher.in(home.orElseGet(Launcher::home)), "stage"));
    words.addAll(arguments);
    return words;
  }
}
