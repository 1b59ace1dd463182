package dev.fusebox.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A process that prints a line of JSON with {@code seconds} and {@code peak_rss_mib}. */
final class Child {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LONGEST_WORD = 200;

  private Child() {}

  /**
   * A turn of ours in a process of its own, so that its memory can be told from that of others.
   *
   * @param main the class that takes the turn
   */
  static Optional<Turn> java(Class<?> main, int threads, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", // as ./fusebox does
                "-Xmx1g",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.offline=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return run(new ProcessBuilder(command));
  }

  /** What it measured; empty, with a line that says so, where it failed. */
  static Optional<Turn> run(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectError(Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (await(process) != 0) {
      System.out.println(inShort(builder.command()) + " failed");
      return Optional.empty();
    }
    JsonNode line = JSON.readTree(output);
    return Optional.of(
        new Turn(line.get("seconds").asDouble(), line.path("peak_rss_mib").asDouble()));
  }

  /** A command without its class path, which is longer than a screen. */
  private static String inShort(List<String> command) {
    return command.stream()
        .map(word -> word.length() > LONGEST_WORD ? "..." : word)
        .collect(Collectors.joining(" "));
  }

  /** The exit status. */
  static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
