package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
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
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.training.recipe.StageRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFolderTest {

  private static final String PROBLEM =
      """
      "%s": {"question": "Which colour?", "choices": ["red", "blue"], "answer": %d, "hint": "",
       "image": null, "lecture": "", "solution": "It is red.", "subject": "natural science",
       "grade": "grade2"}""";

  private static final String CONFIG =
      "{\"fusion\": {\"name\": \"gated\"}, \"features\": {\"source\": \"detr\"}}";

  @TempDir Path temporary;

  private Path root;
  private Path folder;

  @BeforeEach
  void aTwoStageRunAFailedOneAndOneThatIsNotMade() throws IOException {
    root = temporary.resolve("work");
    problems(1);
    write("data/pid_splits.json", "{\"train\": [\"1\"], \"val\": [], \"test\": [\"1\", \"2\"]}");
    folder = root.resolve("results/mine");
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

  private void problems(int secondAnswer) throws IOException {
    write(
        "data/problems.json",
        "{" + PROBLEM.formatted("1", 0) + "," + PROBLEM.formatted("2", secondAnswer) + "}");
  }

  private void experiment(String gated, String text) throws IOException {
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

  private static final ComputedOn CPU = new ComputedOn("cpu", "2.7.1");
  private ComputedOn answeredOn = CPU;

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
  private void again(String key, String fusion, String split) throws IOException {
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

  @Test
  void aRunThatWasEvaluatedUnderSeveralSettingsSaysSo() throws IOException {
    assertThat(report().notes()).isEmpty();
    again("k2", "gated", "test");
    assertThat(report().notes()).as("the same settings, other code").isEmpty();
    again("k2", "moved", "test");
    assertThat(report().notes()).as("another path, the same key").isEmpty();
    again("k3", "concat", "test");
    assertThat(report().notes())
        .containsExactly(
            "evaluated on the test split with more than one setting: gated with 2; a setting selected on the test split is no longer tested by it: select on validation");
    again("k3", "concat", "test");
    assertThat(report().table().notes()).as("nothing new").contains(report().notes().get(0));
    again("k4", "late", "train");
    assertThat(report().notes()).as("of these questions it was never asked before").isEmpty();
  }

  /** Of a record that says nothing, as those of an older Fusebox, nothing is said. */
  @Test
  void aTableThatMixesDevicesOrVersionsSaysSo() throws IOException {
    assertThat(report().notes()).isEmpty();
    answeredOn = new ComputedOn("gpu, compute capability 90", "2.7.1+cu126");
    again("k", "gated", "test");
    assertThat(report().notes())
        .containsExactly(
            "computed in different places, which differ in the last bits of numbers: a training there is as one with another seed, written text differs in an answer now and then: cpu, libtorch 2.7.1 (gated seed 1); gpu, compute capability 90, libtorch 2.7.1+cu126 (gated seed 1)");
  }

  private static List<Prediction> answers(String first, String second) {
    return List.of(
        new Prediction("1", first, "It is red."), new Prediction("2", second, "It is red."));
  }

  private FileHashes hashes() {
    return new FileHashes(root.resolve("results/cache/.hashes"), false);
  }

  private Report report() throws IOException {
    return report(folder, false, Optional.empty());
  }

  private Report report(Path from, boolean verify, Optional<Path> data) throws IOException {
    FileHashes hashes = new FileHashes(from.resolveSibling("cache").resolve(".hashes"), verify);
    return ResultsFolder.open(from, new ResultsCheck(hashes), data).report();
  }

  @Test
  void readsWhatRunsLeftBehind() throws IOException {
    Report report = report();
    assertThat(report.question()).isEqualTo("Does it help?");
    assertThat(report.repeat())
        .isEqualTo("fusebox run configs/mine.conf 'seeds=[1]' training.steps=50");
    assertThat(report.test()).hasSize(2);
    assertThat(report.runs())
        .extracting(ReportedRun::name)
        .containsExactly("gated seed 1", "text seed 1", "late seed 1");
    ReportedRun gated = report.runs().get(0);
    assertThat(gated.fusion()).isEqualTo("gated");
    assertThat(gated.rationales())
        .hasValueSatisfying(stage -> assertThat(stage.texts()).hasSize(2));
    assertThat(gated.rationales().map(StagePredictions::decoding)).hasValue("generated, beam 4");
    assertThat(gated.metrics().get(0).stage()).isEqualTo("rationale");
    assertThat(gated.facts())
        .containsEntry("rationale", "2.5 s, on cpu, libtorch 2.7.1 (training-a)")
        .containsEntry("rationale, writing", "1.0 s, cut sources 1 (prediction-b)");
    assertThat(report.runs().get(1).result())
        .isEqualTo(new RunResult.Failed("text", Repeat.of(1), "no memory"));
    assertThat(report.runs().get(2).result())
        .isEqualTo(new RunResult.NotMade("late", Repeat.of(1)));
  }

  @Test
  void makesATableAndAPage() throws IOException {
    Report report = report();
    assertThat(TerminalTable.render(AblationTable.of(report.ablation())))
        .contains("1 seed · teacher-forced")
        .contains("not computed yet: late seed 1")
        .contains("✗ text seed 1 failed: no memory");
    assertThat(ReportPage.render(report))
        .contains("\"rationales\":\"10\"")
        .contains("{\"name\":\"rationale gate\",\"points\":[[1.0,0.25]]}")
        .contains("\"question\":1,\"stage\":\"rationale\",\"tokens\":[\"a\",\"b\"]");
  }

  @Test
  void aFolderWithoutResultsNamesThoseThereAre() {
    Path yours = root.resolve("results/yours");
    assertThatThrownBy(() -> report(yours, false, Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessage(yours + ": no results there (experiment.json is missing); known: mine");
  }

  /** An override that was interrupted: what lies there was computed with other settings. */
  @Test
  void onlyRunsOfTheExperimentsOwnKeysAreShown() throws IOException {
    experiment("k", "another");
    assertThat(report().runs().get(1).result())
        .isEqualTo(new RunResult.NotMade("text", Repeat.of(1)));
    experiment("another", "l");
    assertThatThrownBy(this::report)
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder
                + ": no run has finished yet; fusebox run configs/mine.conf 'seeds=[1]'"
                + " training.steps=50 continues them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mine/gated-seed1/predictions.jsonl | (A) | (B) | predictions.jsonl has changed since it was finished (gated seed 1)
          mine/gated-seed1/run.json | "seed" : 1 | "seed" : 2 | its checksum differs (gated seed 1)
          stages/training-a/metrics.jsonl | 2.5 | 1.5 | metrics.jsonl has changed since it was finished (stage rationale)
          stages/prediction-b/predictions.jsonl | blue | teal | predictions.jsonl has changed since it was finished (stage rationale, writing)
          stages/prediction-b/stage.json | "schema" : 1 | "schema" : 7 | has schema 7, and this Fusebox reads 1
          mine/experiment.json | seed1 | seed2 | fusebox run CONFIG writes it again
          """)
  void nothingIsShownOfWhatWasChangedSince(String file, String from, String to, String told)
      throws IOException {
    Path path = root.resolve("results").resolve(file);
    String before = Files.readString(path);
    assertThat(before).contains(from);
    Files.writeString(path, before.replace(from, to));
    assertThatThrownBy(this::report).isInstanceOf(UserError.class).hasMessageContaining(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "null", "{\"schema\": 1}", "{\"variant\": \"gated\"}"})
  void aRecordThatIsNoneIsOneClearMessage(String text) throws IOException {
    Path record = folder.resolve("gated-seed1/run.json");
    Files.writeString(record, text);
    assertThatThrownBy(this::report)
        .isInstanceOf(UserError.class)
        .hasMessageContaining(record + ": ")
        .hasMessageEndingWith(
            "Recompute them: fusebox run configs/mine.conf 'seeds=[1]' training.steps=50");
  }

  /** What no look at sizes and times can see: another text with the old time. */
  @Test
  void verifyingReadsEveryFile() throws IOException {
    Path metrics = root.resolve("results/stages/training-a/metrics.jsonl");
    FileTime time = Files.getLastModifiedTime(metrics);
    Files.writeString(metrics, Files.readString(metrics).replace("2.5", "1.5"));
    Files.setLastModifiedTime(metrics, time);
    assertThatThrownBy(() -> report(folder, true, Optional.empty()))
        .hasMessageContaining("metrics.jsonl has changed");
  }

  @Test
  void answersAreNotMarkedByQuestionsOfAnotherTime() throws IOException {
    problems(0);
    assertThatThrownBy(this::report)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            root.resolve("data") + ": the questions have changed since the runs of " + folder);
  }

  @Test
  void resultsCanBeMovedAloneOrWithTheirData() throws IOException {
    Path alone = Files.createDirectories(temporary.resolve("elsewhere/deep"));
    Files.move(root.resolve("results"), alone.resolve("results"));
    Path mine = alone.resolve("results/mine");
    assertThat(report(mine, false, Optional.empty()).test()).hasSize(2);
    Files.move(root.resolve("data"), alone.resolve("data"));
    assertThat(report(mine, false, Optional.empty()).test()).hasSize(2);
    Files.move(alone.resolve("data"), alone.resolve("given"));
    assertThatThrownBy(() -> report(mine, false, Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("its questions are no longer in ")
        .hasMessageEndingWith("; give their folder: --data DIR");
    assertThat(report(mine, false, Optional.of(alone.resolve("given"))).test()).hasSize(2);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
