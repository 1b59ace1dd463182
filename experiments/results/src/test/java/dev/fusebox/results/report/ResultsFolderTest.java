package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.ComputedOn;
import dev.fusebox.results.table.TerminalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFolderTest {

  @TempDir Path temporary;

  private Path root;
  private StoredRuns stored;

  @BeforeEach
  void store() throws IOException {
    root = temporary.resolve("work");
    stored = StoredRuns.in(root);
  }

  @Test
  void aRunThatWasEvaluatedUnderSeveralSettingsSaysSo() throws IOException {
    assertThat(report().notes()).isEmpty();
    stored.again("k2", "gated", "test");
    assertThat(report().notes()).as("the same settings, other code").isEmpty();
    stored.again("k2", "moved", "test");
    assertThat(report().notes()).as("another path, the same key").isEmpty();
    stored.again("k3", "concat", "test");
    assertThat(report().notes())
        .containsExactly(
            "evaluated on the test split with more than one setting: gated with 2; a setting selected on the test split is no longer tested by it: select on validation");
    stored.again("k3", "concat", "test");
    assertThat(report().table().notes()).as("nothing new").contains(report().notes().get(0));
    stored.again("k4", "late", "train");
    assertThat(report().notes()).as("of these questions it was never asked before").isEmpty();
  }

  /** Of a record that says nothing, as those of an older Fusebox, nothing is said. */
  @Test
  void aTableThatMixesDevicesOrVersionsSaysSo() throws IOException {
    assertThat(report().notes()).isEmpty();
    stored.answerOn(new ComputedOn("gpu, compute capability 90", "2.7.1+cu126"));
    stored.again("k", "gated", "test");
    assertThat(report().notes())
        .containsExactly(
            "computed in different places, which differ in the last bits of numbers: a training there is as one with another seed, written text differs in an answer now and then: cpu, libtorch 2.7.1 (gated seed 1); gpu, compute capability 90, libtorch 2.7.1+cu126 (gated seed 1)");
  }

  private Report report() throws IOException {
    return report(stored.folder(), false, Optional.empty());
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
    stored.experiment("k", "another");
    assertThat(report().runs().get(1).result())
        .isEqualTo(new RunResult.NotMade("text", Repeat.of(1)));
    stored.experiment("another", "l");
    assertThatThrownBy(this::report)
        .isInstanceOf(UserError.class)
        .hasMessage(
            stored.folder()
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
    Path record = stored.folder().resolve("gated-seed1/run.json");
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
    assertThatThrownBy(() -> report(stored.folder(), true, Optional.empty()))
        .hasMessageContaining("metrics.jsonl has changed");
  }

  @Test
  void answersAreNotMarkedByQuestionsOfAnotherTime() throws IOException {
    stored.problems(0);
    assertThatThrownBy(this::report)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            root.resolve("data")
                + ": the questions have changed since the runs of "
                + stored.folder());
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
}
