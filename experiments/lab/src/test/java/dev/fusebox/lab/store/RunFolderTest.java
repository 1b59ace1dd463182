package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.recipe.StageRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lies in a run's folder is one run's: nothing of an earlier one stays, nothing changes
 * unseen.
 */
class RunFolderTest {

  private static final List<Prediction> ANSWERS =
      List.of(new Prediction("7", "The answer is (B).", "The answer is (A)."));

  @TempDir private Path directory;
  private FileHashes hashes;
  private RunFolder folder;

  @BeforeEach
  void open() {
    hashes = new FileHashes(directory.resolve(".hashes"), true);
    folder = new RunFolder(directory.resolve("gated-seed1"));
  }

  private static RunRecord run(String key, String config, String data, RunRecord.Outcome outcome) {
    JsonNode settings = JsonNodeFactory.instance.objectNode().put("fusion", config);
    return new RunRecord(
        "mine",
        "gated",
        1,
        0,
        outcome,
        outcome == RunRecord.Outcome.FAILED ? "no room" : "",
        key,
        "2026-01-01T00:00:00Z",
        RunRecord.Accuracy.NONE,
        "gated",
        new DataRecord(
            "demo",
            RecordedPath.NONE,
            data,
            new DataRecord.Part("train", 0),
            new DataRecord.Part("test", 0)),
        List.of(),
        Map.of(),
        settings,
        Provenance.current());
  }

  private static RunRecord finished(String key) {
    return run(key, "a", "data", RunRecord.Outcome.FINISHED);
  }

  private Path stage(String name, Map<String, String> files) throws IOException {
    Path stage = Files.createDirectories(directory.resolve(name));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(stage.resolve(file.getKey()), file.getValue());
    }
    return stage;
  }

  private void finish(Path... stages) throws IOException {
    folder.finish(finished("k"), ANSWERS, List.of(stages), hashes);
  }

  @Test
  void theMetricsOfItsStagesStandOneAfterTheOther() throws IOException {
    Path first = stage("s1", Map.of("metrics.jsonl", "1\n", "attention.jsonl", "a\n"));
    Path second = stage("s2", Map.of("metrics.jsonl", "2\n"));
    finish(first, second);
    assertThat(folder.path().resolve("metrics.jsonl")).hasContent("1\n2\n");
    assertThat(folder.path().resolve("attention.jsonl")).hasContent("a\n");
    assertThat(folder.predictions()).isEqualTo(ANSWERS);
    RunRecord record = folder.record().orElseThrow();
    assertThat(record.hasFinished()).isTrue();
    assertThat(record.files().keySet())
        .containsExactly("attention.jsonl", "metrics.jsonl", "predictions.jsonl");
    assertThat(folder.damage(record, hashes)).isEmpty();
  }

  @Test
  void aChangedAnswerIsTold() throws IOException {
    finish();
    Path file = folder.path().resolve("predictions.jsonl");
    Files.writeString(file, Files.readString(file).replace("is (B)", "is (A)"));
    assertThat(
            folder.damage(
                folder.record().orElseThrow(), new FileHashes(directory.resolve(".h"), true)))
        .contains(folder.path() + ": predictions.jsonl has changed since it was finished");
  }

  @Test
  void nothingOfAnEarlierRunStays() throws IOException {
    finish(stage("s1", Map.of("metrics.jsonl", "1\n", "attention.jsonl", "a\n")));
    finish(stage("s2", Map.of("metrics.jsonl", "2\n")));
    assertThat(folder.path().resolve("attention.jsonl")).doesNotExist();
    assertThat(folder.record().orElseThrow().files()).doesNotContainKey("attention.jsonl");
    folder.fail(run("k", "a", "", RunRecord.Outcome.FAILED));
    assertThat(folder.path().toFile().list())
        .containsExactlyInAnyOrder("run.json", "evaluations.json");
    assertThat(folder.record().orElseThrow().hasFinished()).isFalse();
    assertThat(folder.record().orElseThrow().reason()).isEqualTo("no room");
  }

  @Test
  void aRunThatFailsFirstHasAFolderToo() throws IOException {
    assertThat(folder.record()).isEmpty();
    folder.fail(run("k", "a", "", RunRecord.Outcome.FAILED));
    assertThat(folder.record()).isPresent();
  }

  /** Whoever looks at the test after each change of a setting chooses the settings by it. */
  @Test
  void theTestIsLookedAtOncePerSettings() throws IOException {
    RunRecord last = null;
    for (String each : List.of("k1 a", "k1 a", "k1 moved", "newcode a", "k2 b")) {
      String[] parts = each.split(" ");
      last = run(parts[0], parts[1], "data", RunRecord.Outcome.FINISHED);
      folder.finish(last, ANSWERS, List.of(), hashes);
    }
    EvaluationsRecord record = EvaluationsRecord.read(folder.path());
    assertThat(record.evaluations()).hasSize(4);
    assertThat(record.settings(last)).isEqualTo(2);
    RunRecord other = run("k3", "c", "other data", RunRecord.Outcome.FINISHED);
    assertThat(record.settings(other)).isZero();
    assertThat(EvaluationsRecord.read(directory).evaluations()).isEmpty();
  }

  /** Two groups that nothing joins become one by what is like both. */
  @Test
  void settingsThatAreLikeTheSameAreTheSame() throws IOException {
    for (String each : List.of("k1 a", "k2 b", "k1 b")) {
      String[] parts = each.split(" ");
      folder.finish(
          run(parts[0], parts[1], "data", RunRecord.Outcome.FINISHED), ANSWERS, List.of(), hashes);
    }
    assertThat(EvaluationsRecord.read(folder.path()).settings(finished("k1"))).isEqualTo(1);
  }

  private static RunRecord later(
      RunRecord run, String finished, List<StageRecord> stages, JsonNode config) {
    return new RunRecord(
        run.experiment(),
        run.variant(),
        run.seed(),
        run.draw(),
        run.outcome(),
        run.reason(),
        run.key(),
        finished,
        run.accuracy(),
        run.fusion(),
        run.data(),
        stages,
        run.files(),
        config,
        run.made());
  }

  /** A run that is tested further: its model and its answers are what they were. */
  private static RunRecord tested(String change, String finished) {
    return later(
        finished("key of all that is shown: " + change),
        finished,
        List.of(
            new StageRecord(
                "rationale",
                StageRole.WRITING,
                "prediction-1",
                1,
                ComputedOn.UNKNOWN,
                "",
                Map.of()),
            new StageRecord(
                "answer", StageRole.WRITING, "prediction-2", 1, ComputedOn.UNKNOWN, "", Map.of()),
            new StageRecord(
                "answer",
                StageRole.TESTING,
                "prediction-" + change,
                1,
                ComputedOn.UNKNOWN,
                "",
                Map.of())),
        JsonNodeFactory.instance
            .objectNode()
            .put("fusion", "gated")
            .set("test", JsonNodeFactory.instance.objectNode().put("change", change)));
  }

  private void finish(RunRecord run) throws IOException {
    folder.finish(run, ANSWERS, List.of(), hashes);
  }

  @Test
  void furtherTestsAreNoOtherSettingsAndMakeNoAnswerNewer() throws IOException {
    RunRecord first = tested("no-hint", "2026-01-01T00:00:00Z");
    RunRecord second = tested("no-picture", "2026-02-02T00:00:00Z");
    finish(first);
    finish(second);
    EvaluationsRecord record = EvaluationsRecord.read(folder.path());
    assertThat(record.evaluations()).hasSize(1);
    assertThat(record.settings(second)).isEqualTo(1);
    assertThat(record.first(second)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Code that changes the key makes no answer new: whoever knew the result before knew it. */
  @Test
  void answersOfTheSameSettingsAreAsOldAsTheFirstOfThem() throws IOException {
    RunRecord first = run("k1", "a", "data", RunRecord.Outcome.FINISHED);
    RunRecord code = run("newcode", "a", "data", RunRecord.Outcome.FINISHED);
    RunRecord other = run("k2", "b", "data", RunRecord.Outcome.FINISHED);
    code = later(code, "2026-02-02T00:00:00Z", List.of(), code.config());
    other = later(other, "2026-03-03T00:00:00Z", List.of(), other.config());
    for (RunRecord each : List.of(first, code, other)) {
      finish(each);
    }
    EvaluationsRecord record = EvaluationsRecord.read(folder.path());
    assertThat(record.first(code)).isEqualTo(Instant.parse(first.finished()));
    assertThat(record.first(other)).as("other settings").isEqualTo(Instant.parse(other.finished()));
  }

  /** As it was noted when further tests counted as settings, and no time was kept. */
  private record Former(List<FormerEvaluation> evaluations) {}

  private record FormerEvaluation(String key, String settings, String questions) {}

  private void formerly(RunRecord run) throws IOException {
    Files.createDirectories(folder.path());
    RecordFile.write(
        folder.path().resolve("evaluations.json"),
        new Former(
            List.of(
                new FormerEvaluation(
                    run.key(),
                    new Fingerprint().add(run.config().toString()).hex(),
                    run.data().fingerprint() + " " + run.data().test().split()))));
  }

  @Test
  void whatWasNotedWithoutATimeIsReadAndTheRunTellsIt() throws IOException {
    RunRecord before = tested("no-hint", "2026-01-01T00:00:00Z");
    formerly(before);
    EvaluationsRecord old = EvaluationsRecord.read(folder.path());
    assertThat(old.settings(before)).isEqualTo(1);
    assertThat(old.first(before))
        .as("when it finished")
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    RecordFile.write(folder.path().resolve("run.json"), before);
    RunRecord after = tested("no-picture", "2026-02-02T00:00:00Z");
    finish(after);
    EvaluationsRecord now = EvaluationsRecord.read(folder.path());
    assertThat(now.settings(after)).isEqualTo(1);
    assertThat(now.first(after)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void aRecordThatLacksMoreIsStillRefused() throws IOException {
    Files.createDirectories(folder.path());
    RecordFile.write(
        folder.path().resolve("evaluations.json"),
        new Incomplete(List.of(new IncompleteEvaluation("k"))));
    assertThatThrownBy(() -> EvaluationsRecord.read(folder.path()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not a complete record");
  }

  private record Incomplete(List<IncompleteEvaluation> evaluations) {}

  private record IncompleteEvaluation(String key) {}

  /** With its record a run is whole; without it, whatever lies there is none. */
  @Test
  void aRunThatCannotBeWrittenIsNoRunAnyMore() throws IOException {
    finish();
    Path inTheWay = folder.path().resolve("metrics.jsonl");
    Files.createDirectories(inTheWay.resolve("folder"));
    assertThatThrownBy(() -> finish(stage("s1", Map.of("metrics.jsonl", "1\n"))))
        .isInstanceOf(IOException.class);
    assertThat(folder.record()).isEmpty();
  }

  @Test
  void aStageIsCalledByItsPartAndRole() {
    assertThat(
            new StageRecord("answer", StageRole.WRITING, "x", 1, ComputedOn.UNKNOWN, "", Map.of())
                .title())
        .isEqualTo("answer, writing");
    assertThat(
            new StageRecord("data", StageRole.DATA, "x", 1, ComputedOn.UNKNOWN, "", Map.of())
                .title())
        .isEqualTo("demo data");
  }
}
