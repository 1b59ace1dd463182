package dev.fusebox.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An MLflow server, by its REST API 2.0. Not safe for threads. Every method throws {@link Refused}
 * where the server refuses, and another {@link IOException} where it gives no usable answer.
 */
final class Mlflow {

  /** The most figures the server takes at once. */
  static final int MOST_FIGURES = 1000;

  private static final int MOST_PARAMETERS = 100;
  private static final int LONGEST_NAME = 250;
  private static final int LONGEST_VALUE = 500; // of a parameter, in the oldest servers
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final String experiment;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private Optional<String> experimentId = Optional.empty();

  /** A server at an address, and an experiment there, which is made when it is first needed. */
  Mlflow(String address, String experiment) {
    this.address = address.replaceAll("/+$", "");
    this.experiment = experiment;
  }

  /**
   * A run on the server.
   *
   * @param id the server's
   * @param known the last step that the server has, by curve
   */
  record Run(String id, Map<String, Long> known) {}

  /** Goes on with the unfinished run of that stage, or begins one. */
  Run begin(TrackedStage stage, long time) throws IOException {
    Optional<JsonNode> before = unfinished(stage.key());
    JsonNode run = before.isPresent() ? before.get() : create(stage, time);
    String id = run.at("/info/run_id").asText();
    if (run.at("/data/params").isEmpty()) {
      addParameters(id, stage.parameters());
    }
    if (before.isPresent()) {
      post("runs/update", JSON.createObjectNode().put("run_id", id).put("status", "RUNNING"));
    }
    return new Run(id, lastSteps(run));
  }

  private Optional<JsonNode> unfinished(String key) throws IOException {
    ObjectNode search = JSON.createObjectNode().put("max_results", 1);
    search.putArray("experiment_ids").add(experimentId());
    search.put(
        "filter",
        "tags.`%s` = '%s' and attributes.status != 'FINISHED'".formatted(TrackedStage.KEY, key));
    JsonNode runs = post("runs/search", search).path("runs");
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(0));
  }

  private JsonNode create(TrackedStage stage, long time) throws IOException {
    ObjectNode run = JSON.createObjectNode();
    run.put("experiment_id", experimentId());
    run.put("run_name", stage.name());
    run.put("start_time", time);
    ArrayNode tags = run.putArray("tags");
    stage.tags().forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    return post("runs/create", run).path("run");
  }

  private void addParameters(String run, Map<String, String> parameters) throws IOException {
    List<Map.Entry<String, String>> all = new ArrayList<>(parameters.entrySet());
    for (int from = 0; from < all.size(); from += MOST_PARAMETERS) {
      ObjectNode batch = JSON.createObjectNode().put("run_id", run);
      ArrayNode list = batch.putArray("params");
      all.subList(from, Math.min(all.size(), from + MOST_PARAMETERS))
          .forEach(
              each ->
                  list.addObject()
                      .put("key", name(each.getKey()))
                      .put("value", cut(each.getValue(), LONGEST_VALUE)));
      post("runs/log-batch", batch);
    }
  }

  private static Map<String, Long> lastSteps(JsonNode run) {
    Map<String, Long> steps = new HashMap<>();
    run.at("/data/metrics")
        .forEach(metric -> steps.put(metric.path("key").asText(), metric.path("step").asLong()));
    return steps;
  }

  private String experimentId() throws IOException {
    if (experimentId.isEmpty()) {
      Optional<String> found = findExperiment();
      experimentId = Optional.of(found.isPresent() ? found.get() : createExperiment());
    }
    return experimentId.get();
  }

  private Optional<String> findExperiment() throws IOException {
    ObjectNode search = JSON.createObjectNode().put("max_results", 1);
    search.put("filter", "name = '%s'".formatted(experiment.replace("'", "\\'")));
    JsonNode found = post("experiments/search", search).path("experiments");
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get(0).path("experiment_id").asText());
  }

  private String createExperiment() throws IOException {
    return post("experiments/create", JSON.createObjectNode().put("name", experiment))
        .path("experiment_id")
        .asText();
  }

  /** Adds at most {@link #MOST_FIGURES} points to a run's curves; those it has are left out. */
  void add(Run run, List<CurvePoint> figures) throws IOException {
    ObjectNode batch = JSON.createObjectNode().put("run_id", run.id());
    ArrayNode list = batch.putArray("metrics");
    for (CurvePoint figure : figures) {
      String name = name(figure.name());
      if (figure.step() > run.known().getOrDefault(name, -1L)) {
        list.addObject()
            .put("key", name)
            .put("value", figure.value())
            .put("timestamp", figure.time())
            .put("step", figure.step());
      }
    }
    if (!list.isEmpty()) {
      post("runs/log-batch", batch);
    }
  }

  /** Ends a run. */
  void end(Run run, RunStatus status, long time) throws IOException {
    post(
        "runs/update",
        JSON.createObjectNode()
            .put("run_id", run.id())
            .put("status", status.name())
            .put("end_time", time));
  }

  /** MLflow allows letters, digits and a few signs. */
  private static String name(String name) {
    return cut(name.replaceAll("[^A-Za-z0-9_. /-]", "_"), LONGEST_NAME);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  private JsonNode post(String path, ObjectNode body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/" + path))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      return answer(client.send(request, BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("no answer yet");
    }
  }

  private static JsonNode answer(HttpResponse<String> response) throws IOException {
    int status = response.statusCode();
    if (status >= 500 || status == 429) {
      throw new IOException("status " + status);
    }
    JsonNode body = json(response.body());
    if (status != 200) {
      throw new Refused("status " + status + " " + body.path("message").asText());
    }
    return body;
  }

  private static JsonNode json(String text) throws Refused {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Refused("no MLflow server answers there", e);
    }
  }
}
