package dev.fusebox.experiments.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.data.Dataset;
import dev.fusebox.experiments.data.Datasets;
import dev.fusebox.experiments.data.Question;
import dev.fusebox.experiments.data.SplitLimits;
import dev.fusebox.experiments.evaluate.Prediction;
import dev.fusebox.experiments.store.PredictionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of an experiment's results, read back: {@code experiment.json}, and in a folder for
 * each run {@code run.json}, {@code predictions.jsonl} and {@code metrics.jsonl}. What earlier
 * stages wrote lies in the {@code stages} folder beside it.
 */
public final class ResultsFolder {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String PREDICTIONS = "predictions.jsonl";
  private static final String WRITING = ", writing";

  private final Path path;
  private final JsonNode experiment;
  private final List<JsonNode> records;

  private ResultsFolder(Path path, JsonNode experiment, List<JsonNode> records) {
    this.path = path;
    this.experiment = experiment;
    this.records = records;
  }

  /**
   * Opens a folder.
   *
   * @throws UserError if it holds no results, or no run that finished
   */
  public static ResultsFolder open(Path path) throws IOException {
    Path file = path.resolve("experiment.json");
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          path + ": no results there (experiment.json is missing); known: " + known(path));
    }
    JsonNode experiment = json(file);
    List<JsonNode> records = new ArrayList<>();
    for (JsonNode run : experiment.path("runs")) {
      Path record = path.resolve(run.path("folder").asText()).resolve("run.json");
      if (Files.isRegularFile(record)) {
        records.add(((ObjectNode) json(record)).put("folder", run.path("folder").asText()));
      }
    }
    if (records.stream().noneMatch(ResultsFolder::finished)) {
      throw new UserError(path + ": no run has come to its end yet; fusebox run goes on with them");
    }
    return new ResultsFolder(path, experiment, records);
  }

  private static String known(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return "none";
    }
    try (var folders = Files.list(parent)) {
      List<String> names =
          folders
              .filter(folder -> Files.exists(folder.resolve("experiment.json")))
              .map(folder -> folder.getFileName().toString())
              .sorted()
              .toList();
      return names.isEmpty() ? "none" : String.join(", ", names);
    }
  }

  /** The experiment's name. */
  public String name() {
    return experiment.path("name").asText();
  }

  /** The config file it was run from. */
  public String file() {
    return experiment.path("file").asText();
  }

  /** The model that its config names to score what rationales mean. */
  public Optional<Path> sentenceTransformer() {
    return Optional.ofNullable(experiment.path("sentenceTransformer").textValue()).map(Path::of);
  }

  /** The command that computes it again: its file, and what the command line said over it. */
  private String repeat() {
    StringBuilder command = new StringBuilder("fusebox run ").append(word(file()));
    experiment.path("overrides").forEach(line -> command.append(' ').append(word(line.asText())));
    return command.toString();
  }

  /** As a shell takes it for one word. */
  private static String word(String text) {
    return text.matches("[\\w./:=,+@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** The records of its runs, finished or failed. */
  public List<JsonNode> records() {
    return List.copyOf(records);
  }

  /** Everything a report tells. */
  public Report report() throws IOException {
    JsonNode first = records.stream().filter(ResultsFolder::finished).findFirst().orElseThrow();
    Path root = Path.of(first.path("data").asText());
    Dataset data = Datasets.open(root);
    List<RunRecord> runs = new ArrayList<>();
    for (JsonNode record : records) {
      runs.add(run(record));
    }
    Map<String, String> compare = new LinkedHashMap<>();
    experiment
        .path("compare")
        .properties()
        .forEach(e -> compare.put(e.getKey(), e.getValue().asText()));
    return new Report(
        name(),
        experiment.path("question").asText(name()),
        dataName(first, root),
        questions(data, first, "train"),
        questions(data, first, "test"),
        runs,
        compare,
        repeat(),
        made(first),
        pictures(root),
        notes());
  }

  /** What was found of the data when it ran. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    experiment.path("notes").forEach(note -> notes.add(note.asText()));
    return notes;
  }

  private static String dataName(JsonNode record, Path root) {
    return record.path("config").path("data").hasNonNull("root")
        ? root.toAbsolutePath().normalize().getFileName().toString()
        : "demo";
  }

  private static List<Question> questions(Dataset data, JsonNode record, String part) {
    JsonNode settings = record.path("config").path("data");
    List<Question> all = data.split(settings.path("splits").path(part).asText(part));
    JsonNode limit = settings.path("limits").path(part);
    Optional<Double> most = limit.isNumber() ? Optional.of(limit.asDouble()) : Optional.empty();
    return all.subList(0, SplitLimits.apply(most, all.size()));
  }

  private static Pictures pictures(Path root) {
    for (Path folder : List.of(root.resolve("images"), root.resolve("scienceqa/images"))) {
      if (Files.isDirectory(folder)) {
        return new PictureFolder(folder);
      }
    }
    return Pictures.NONE;
  }

  private static String made(JsonNode record) {
    JsonNode made = record.path("made");
    return "Fusebox %s, commit %s%s"
        .formatted(
            made.path("fusebox").asText("of an unknown version"),
            made.path("commit").asText("unknown"),
            made.path("dirty").asBoolean() ? " with changes" : "");
  }

  private RunRecord run(JsonNode record) throws IOException {
    Path folder = path.resolve(record.path("folder").asText());
    return new RunRecord(
        result(record, folder),
        record.path("config").path("fusion").path("name").asText("none"),
        record.path("config"),
        facts(record),
        rationales(record),
        staged(record, folder, "metrics.jsonl"),
        staged(record, folder, "attention.jsonl"));
  }

  private static RunResult result(JsonNode record, Path folder) throws IOException {
    String variant = record.path("variant").asText();
    long seed = record.path("seed").asLong();
    if (!finished(record)) {
      return new RunResult.Failed(variant, seed, record.path("reason").asText("no reason given"));
    }
    List<JsonNode> writing = writing(record);
    String answering = writing.isEmpty() ? "" : name(writing.get(writing.size() - 1));
    return new RunResult.Finished(
        variant, seed, decoding(record, answering), predictions(folder.resolve(PREDICTIONS)));
  }

  /** As the tables print it; a stage's own setting goes before the experiment's. */
  private static String decoding(JsonNode record, String stage) {
    JsonNode own = record.path("config").path("pipeline").path(stage).path("decoding");
    JsonNode settings = own.isMissingNode() ? record.path("config").path("decoding") : own;
    if (settings.path("mode").asText().equals("teacher-forced")) {
      return "teacher-forced";
    }
    int beams = settings.path("beams").asInt(1);
    String how = settings.has("sampling") ? "sampled" : beams == 1 ? "greedy" : "beam " + beams;
    return "generated, " + how;
  }

  private static Map<String, String> facts(JsonNode record) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seed", record.path("seed").asText());
    facts.put("finished", record.path("finished").asText());
    record.path("stages").forEach(stage -> facts.put(stage.path("title").asText(), stage(stage)));
    record
        .path("made")
        .properties()
        .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    facts.put("data", record.path("data").asText());
    facts.put("key", record.path("key").asText());
    return facts;
  }

  private static String stage(JsonNode stage) {
    StringBuilder text =
        new StringBuilder(Numbers.fixed(stage.path("seconds").asDouble(), 1) + " s");
    stage
        .path("figures")
        .properties()
        .forEach(
            figure ->
                text.append(", ")
                    .append(words(figure.getKey()))
                    .append(' ')
                    .append(number(figure.getValue())));
    return text.append(" (").append(stage.path("name").asText()).append(')').toString();
  }

  /** {@code cutSources}: cut sources. */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String number(JsonNode value) {
    return value.isFloatingPointNumber() ? Numbers.fixed(value.asDouble(), 3) : value.asText();
  }

  /** What the stage before the last one wrote for the test questions. */
  private Optional<StageTexts> rationales(JsonNode record) throws IOException {
    List<JsonNode> writing = writing(record);
    if (writing.size() < 2) {
      return Optional.empty();
    }
    JsonNode stage = writing.get(writing.size() - 2);
    Path file = stageFolder(stage).resolve(PREDICTIONS);
    return Files.isRegularFile(file)
        ? Optional.of(new StageTexts(decoding(record, name(stage)), predictions(file)))
        : Optional.empty();
  }

  /** The stages that wrote for the test questions, the one that answers last. */
  private static List<JsonNode> writing(JsonNode record) {
    List<JsonNode> writing = new ArrayList<>();
    for (JsonNode stage : record.path("stages")) {
      if (stage.path("title").asText().endsWith(WRITING)) {
        writing.add(stage);
      }
    }
    return writing;
  }

  /** The stage's name in the pipeline. */
  private static String name(JsonNode stage) {
    return stage.path("title").asText().replace(WRITING, "");
  }

  /** From the stages, so that each line knows its stage; from the run where they are gone. */
  private List<JsonNode> staged(JsonNode record, Path folder, String name) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode stage : record.path("stages")) {
      for (JsonNode line : lines(stageFolder(stage).resolve(name))) {
        all.add(((ObjectNode) line).put("stage", name(stage)));
      }
    }
    return all.isEmpty() ? lines(folder.resolve(name)) : all;
  }

  private Path stageFolder(JsonNode stage) {
    return path.resolveSibling("stages").resolve(stage.path("name").asText());
  }

  private static List<Prediction> predictions(Path file) throws IOException {
    return PredictionFile.read(file);
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }

  private static boolean finished(JsonNode record) {
    return record.path("outcome").asText().equals("finished");
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      return JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new UserError(file + ": not whole JSON: " + e.getOriginalMessage(), e);
    }
  }
}
