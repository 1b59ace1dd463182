package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.WholeFile;
import dev.fusebox.lab.store.ComputedOn;
import dev.fusebox.lab.store.DataRecord;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.ExperimentRecord.Cell;
import dev.fusebox.lab.store.Provenance;
import dev.fusebox.lab.store.RecordedPath;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.training.recipe.StageRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder of results as runs leave it: one of two stages, a failed one, and one not made. */
final class StoredRuns {

  private static final String PROBLEM =
      """
      "%s": {"question": "Which colour?", "choices": ["red", "blue"], "answer": %d, "hint": "",
       "image": null, "lecture": "", "solution": "It is red.", "subject": "natural science",
       "grade": "grade2"}""";

  private static final String CONFIG =
      "{\"fusion\": {\"name\": \"gated\"}, \"features\": {\"source\": \"detr\"}}";

  private static final ComputedOn CPU = new ComputedOn("cpu", "2.7.1");

  private final Path root;
  private final Path folder;
  private ComputedOn answeredOn = CPU;

  private StoredRuns(Path root) {
    this.root = root;
    this.folder = root.resolve("results/mine");
  }

  /** Writes them, with their questions, below a folder. */
  static StoredRuns in(Path root) throws IOException {
    StoredRuns runs = new StoredRuns(root);
    runs.write();
    return runs;
  }

  /** The experiment's own folder. */
  Path folder() {
    return folder;
  }

  /** Where runs that come answer. */
  void answerOn(ComputedOn device) {
    answeredOn = device;
  }

  private void write() throws IOException {
    problems(1);
    write("data/pid_splits.json", "{\"train\": [\"1\"], \"val\": [], \"test\": [\"1\", \"2\"]}");
    experiment("k", "l");
    StageStore stages = new StageStore(root.resolve("results/stages"), hashes());
    Path training =
        stage(
            stages,
            "training-a",
            "metrics.jsonl",
            "{\"step\": 1, \"loss\": 2.5}\n{\"step\": 1, \"gates\": {\"gate\": 0.25}}\n");
    Path writing =
        stage(
            stages,
            "prediction-b",
            "attention.jsonl",
            """
            {"id": "2", "tokens": ["a", "b"],
             "layers": [{"name": "attention", "weights": [[0.5, 0.5], [0.25, 0.75]]}]}
            """
                .replace("\n ", " "));
    new RunFolder(folder.resolve("gated-seed1"))
        .finish(
            record("gated", RunRecord.Outcome.FINISHED, "", "k"),
            answers("The answer is (A).", "The answer is (B)."),
            List.of(training, writing),
            hashes());
    new RunFolder(folder.resolve("text-seed1"))
        .fail(record("text", RunRecord.Outcome.FAILED, "no memory", "l"));
  }

  /** The questions, with the right answer of the second. */
  void problems(int secondAnswer) throws IOException {
    write(
        "data/problems.json",
        "{" + PROBLEM.formatted("1", 0) + "," + PROBLEM.formatted("2", secondAnswer) + "}");
  }

  /** The experiment, with the keys that its runs have now. */
  void experiment(String gated, String text) throws IOException {
    new ExperimentRecord(
            "mine",
            "configs/mine.conf",
            "../configs/mine.conf",
            List.of("seeds=[1]", "training.steps=50"),
            "Does it help?",
            RecordedPath.NONE,
            Map.of("gated", "text"),
            List.of(),
            List.of(),
            List.of(
                new Cell("gated", 1, 0, "gated-seed1", gated),
                new Cell("text", 1, 0, "text-seed1", text),
                new Cell("late", 1, 0, "late-seed1", "m")))
        .write(folder);
  }

  private static Path stage(StageStore stages, String name, String file, String text)
      throws IOException {
    return stages
        .computed(
            name,
            "alike",
            new ObjectMapper().createObjectNode(),
            directory -> {
              WholeFile.write(
                  directory.resolve(file), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
              PredictionFile.write(
                  directory.resolve("predictions.jsonl"), answers("It is red.", "It is blue."));
              return Map.of();
            },
            turn -> {})
        .path();
  }

  private RunRecord record(String variant, RunRecord.Outcome outcome, String reason, String key)
      throws IOException {
    JsonNode config = new ObjectMapper().readTree(CONFIG);
    Provenance made = new Provenance("0.1", "abc", true, "0.35.1", "jvm", "os", 2);
    return new RunRecord(
        "mine",
        variant,
        1,
        0,
        outcome,
        reason,
        key,
        "2026-01-01T00:00:00Z",
        RunRecord.Accuracy.NONE,
        variant,
        new DataRecord(
            "data",
            RecordedPath.of(root.resolve("data"), root.resolve("results")),
            Datasets.open(root.resolve("data")).fingerprint(),
            new DataRecord.Part("train", 0),
            new DataRecord.Part("test", 0)),
        List.of(
            new StageRecord("rationale", StageRole.TRAINING, "training-a", 2.5, CPU, "", Map.of()),
            new StageRecord(
                "rationale",
                StageRole.WRITING,
                "prediction-b",
                1,
                ComputedOn.UNKNOWN,
                "generated, beam 4",
                Map.of("cutSources", 1)),
            new StageRecord(
                "answer",
                StageRole.WRITING,
                "prediction-" + key,
                1,
                answeredOn,
                "teacher-forced",
                Map.of())),
        Map.of(),
        config,
        made);
  }

  /** The run with other settings, evaluated again. */
  void again(String key, String fusion, String split) throws IOException {
    RunRecord before = record("gated", RunRecord.Outcome.FINISHED, "", key);
    JsonNode config =
        new ObjectMapper().readTree(CONFIG.replace("\"gated\"", "\"" + fusion + "\""));
    DataRecord data =
        new DataRecord(
            before.data().name(),
            before.data().place(),
            before.data().fingerprint(),
            before.data().train(),
            new DataRecord.Part(split, 0));
    new RunFolder(folder.resolve("gated-seed1"))
        .finish(
            new RunRecord(
                before.experiment(),
                before.variant(),
                before.seed(),
                before.draw(),
                before.outcome(),
                before.reason(),
                before.key(),
                before.finished(),
                before.accuracy(),
                before.fusion(),
                data,
                before.stages(),
                before.files(),
                config,
                before.made()),
            answers("The answer is (A).", "The answer is (B)."),
            List.of(),
            hashes());
    experiment(key, "l");
  }

  private static List<Prediction> answers(String first, String second) {
    return List.of(
        new Prediction("1", first, "It is red."), new Prediction("2", second, "It is red."));
  }

  private FileHashes hashes() {
    return new FileHashes(root.resolve("results/cache/.hashes"), false);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
