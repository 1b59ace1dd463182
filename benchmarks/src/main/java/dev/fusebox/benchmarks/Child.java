package dev.fusebox.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A process that prints a line of JSON with {@code seconds} and {@code peak_rss_mib}. */
final class Child {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Child() {}

  /** What it measured; empty, with a line that says so, where it failed. */
  static Optional<Turn> run(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectError(Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (await(process) != 0) {
      System.out.println(String.join(" ", builder.command()) + " failed");
      return Optional.empty();
    }
    JsonNode line = JSON.readTree(output);
    return Optional.of(
        new Turn(line.get("seconds").asDouble(), line.path("peak_rss_mib").asDouble()));
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
