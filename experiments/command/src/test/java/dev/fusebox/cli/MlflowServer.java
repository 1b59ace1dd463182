package dev.fusebox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real MLflow server, as PyPI has it, on a port and in a directory of its own. */
final class MlflowServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 180;

  private final Process process;
  private final String address;
  private final HttpClient client = HttpClient.newHttpClient();

  private MlflowServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** The program: {@code FUSEBOX_MLFLOW}, or {@code mlflow} on the PATH. */
  static Optional<Path> program() {
    String named = System.getProperty("fusebox.mlflow", System.getenv("FUSEBOX_MLFLOW"));
    Stream<Path> places =
        named != null
            ? Stream.of(Path.of(named))
            : Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "mlflow"));
    return places.filter(Files::isExecutable).findFirst();
  }

  /** Starts one that keeps everything below {@code folder}, and waits until it answers. */
  static MlflowServer start(Path program, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "server",
            "--host=127.0.0.1",
            "--port=" + port,
            "--workers=1",
            "--backend-store-uri=sqlite:///" + folder.resolve("mlflow.db"),
            "--artifacts-destination=" + folder.resolve("artifacts"));
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile());
    MlflowServer server = new MlflowServer(builder.start(), "http://127.0.0.1:" + port);
    server.awaitAnswer(folder.resolve("server.log"));
    return server;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer(Path log) throws IOException, InterruptedException {
    HttpRequest health = HttpRequest.newBuilder(URI.create(address + "/health")).build();
    for (int waited = 0; waited < 2 * PATIENCE_SECONDS; waited++) {
      try {
        if (client.send(health, BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not yet.
      }
      if (!process.isAlive()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    kill();
    throw new IOException("mlflow server does not start:\n" + Files.readString(log));
  }

  String address() {
    return address;
  }

  /** The runs of an experiment, the first one first. */
  List<JsonNode> runs(String experiment) throws IOException, InterruptedException {
    ObjectNode byName = JSON.createObjectNode().put("max_results", 1);
    byName.put("filter", "name = '" + experiment + "'");
    JsonNode found = post("experiments/search", byName).path("experiments").path(0);
    ObjectNode search = JSON.createObjectNode().put("max_results", 100);
    search.putArray("experiment_ids").add(found.path("experiment_id").asText());
    search.putArray("order_by").add("attributes.start_time ASC");
    List<JsonNode> runs = new ArrayList<>();
    post("runs/search", search).path("runs").forEach(runs::add);
    return runs;
  }

  /** A curve of a run: {@code step value}, as the server keeps it. */
  List<String> curve(JsonNode run, String name) throws IOException, InterruptedException {
    String query = "?max_results=1000&metric_key=" + name + "&run_id=" + id(run);
    List<String> points = new ArrayList<>();
    get("metrics/get-history" + query)
        .path("metrics")
        .forEach(
            point ->
                points.add(point.path("step").asLong() + " " + point.path("value").asDouble()));
    return points;
  }

  static String id(JsonNode run) {
    return run.at("/info/run_id").asText();
  }

  static String tag(JsonNode run, String key) {
    return value(run.at("/data/tags"), key);
  }

  static String parameter(JsonNode run, String key) {
    return value(run.at("/data/params"), key);
  }

  private static String value(JsonNode pairs, String key) {
    for (JsonNode pair : pairs) {
      if (pair.path("key").asText().equals(key)) {
        return pair.path("value").asText();
      }
    }
    return "";
  }

  private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(api(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(api(path)).build());
  }

  private URI api(String path) {
    return URI.create(address + "/api/2.0/mlflow/" + path);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    String body = client.send(request, BodyHandlers.ofString()).body();
    return JSON.readTree(body);
  }

  /** Ends it at once, with the processes it has started. */
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    children.forEach(child -> child.onExit().join());
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
