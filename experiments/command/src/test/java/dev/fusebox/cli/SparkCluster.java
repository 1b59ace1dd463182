package dev.fusebox.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real cluster of Spark on this machine: a master and a worker, each a process. */
final class SparkCluster implements AutoCloseable {

  private static final Path ROOT = Path.of(System.getProperty("fusebox.root"));
  private static final Path SPARK = ROOT.resolve("experiments/cluster/target/spark");
  private static final List<String> OPEN =
      List.of("java.lang", "java.lang.invoke", "java.net", "java.nio", "java.util", "sun.nio.ch");

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private SparkCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Whether the build has brought Spark. */
  static boolean isThere() {
    return Files.isRegularFile(SPARK.resolve("fusebox-cluster.jar"));
  }

  /** Starts both; the worker offers two cores. */
  static SparkCluster start(Path folder) throws Exception {
    SparkCluster cluster = new SparkCluster(Files.createDirectories(folder), freePort());
    try {
      cluster.java("master.Master", "--port", Integer.toString(cluster.port));
      cluster.await(cluster.said("master.Master"), "I have been elected leader");
      cluster.java("worker.Worker", "--cores", "2", "--memory", "1g", cluster.master());
      cluster.await(cluster.said("worker.Worker"), "Successfully registered");
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String master() {
    return "spark://localhost:" + port;
  }

  private Path said(String main) {
    return folder.resolve(main + ".txt");
  }

  private void java(String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    OPEN.forEach(each -> command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
    command.addAll(List.of("-cp", SPARK.resolve("jars") + "/*", "org.apache.spark.deploy." + main));
    command.addAll(List.of("--host", "localhost", "--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said(main).toFile());
    builder.environment().put("SPARK_HOME", SPARK.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_WORKER_DIR", folder.resolve("work").toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    processes.add(builder.start());
  }

  private void await(Path file, String text) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    while (!Files.readString(file).contains(text)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(Files.readString(file));
      }
      Thread.sleep(100);
    }
  }

  /** The processes that run tasks. */
  List<ProcessHandle> executors() {
    Stream<ProcessHandle> all = processes.stream().flatMap(Process::descendants);
    return all.filter(each -> each.info().commandLine().orElse("").contains("Executor")).toList();
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> all = processes.stream().flatMap(Process::descendants).toList();
    for (Process each : processes) {
      each.destroyForcibly().waitFor();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
