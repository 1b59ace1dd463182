package dev.fusebox.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.experiments.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {

  private static final String PROBLEM =
      """
      "%s": {"question": "Which colour?", "choices": ["red", "blue"], "answer": %d, "hint": "",
       "image": null, "lecture": "", "solution": "It is red.", "subject": "natural science",
       "grade": "grade2"}""";

  @TempDir Path root;

  private Path folder;

  @BeforeEach
  void aTwoStageRunAndAFailedOne() throws IOException {
    write(
        "data/problems.json",
        "{" + PROBLEM.formatted("1", 0) + "," + PROBLEM.formatted("2", 1) + "}");
    write("data/pid_splits.json", "{\"train\": [\"1\"], \"val\": [], \"test\": [\"1\", \"2\"]}");
    folder = root.resolve("results/mine");
    write(
        "results/mine/experiment.json",
        """
        {"name": "mine", "file": "configs/mine.conf",
         "overrides": ["seeds=[1]", "training.steps=50"], "question": "Does it help?",
         "compare": {"gated": "text"},
         "runs": [{"variant": "gated", "seed": 1, "folder": "gated-seed1", "key": "k"},
                  {"variant": "text", "seed": 1, "folder": "text-seed1", "key": "l"},
                  {"variant": "late", "seed": 1, "folder": "late-seed1", "key": "m"}]}
        """);
    write(
        "results/mine/gated-seed1/run.json",
        """
        {"variant": "gated", "seed": 1, "outcome": "finished", "key": "k", "data": "%s",
         "finished": "2026-01-01T00:00:00Z",
         "config": {"fusion": {"name": "gated"}, "features": {"source": "detr"},
                    "data": {"splits": {"train": "train", "test": "test"}},
                    "decoding": {"mode": "generated", "beams": 1},
                    "pipeline": {"answer": {"decoding": {"mode": "teacher-forced"}},
                                 "rationale": {"decoding": {"mode": "generated", "beams": 4}}}},
         "stages": [{"title": "rationale", "name": "training-a", "seconds": 2.5, "figures": {}},
                    {"title": "rationale, writing", "name": "prediction-b", "seconds": 1, "figures": {}},
                    {"title": "answer, writing", "name": "prediction-c", "seconds": 1, "figures": {}}],
         "made": {"fusebox": "0.1", "commit": "abc", "dirty": true}}
        """
            .formatted(root.resolve("data")));
    answers(
        "results/mine/gated-seed1/predictions.jsonl", "The answer is (A).", "The answer is (B).");
    answers("results/stages/prediction-b/predictions.jsonl", "It is red.", "It is blue.");
    write(
        "results/stages/training-a/metrics.jsonl",
        "{\"step\": 1, \"loss\": 2.5}\n{\"step\": 1, \"gates\": {\"gate\": 0.25}}\n");
    write(
        "results/stages/prediction-b/attention.jsonl",
        """
        {"id": "2", "tokens": ["a", "b"],
         "layers": [{"name": "attention", "weights": [[0.5, 0.5], [0.25, 0.75]]}]}
        """
            .replace("\n ", " "));
    write(
        "results/mine/text-seed1/run.json",
        "{\"variant\": \"text\", \"seed\": 1, \"outcome\": \"failed\", \"reason\": \"no memory\"}");
  }

  @Test
  void readsWhatRunsLeftBehind() throws IOException {
    Report report = ResultsFolder.open(folder).report();
    assertThat(report.question()).isEqualTo("Does it help?");
    assertThat(report.repeat())
        .isEqualTo("fusebox run configs/mine.conf 'seeds=[1]' training.steps=50");
    assertThat(report.test()).hasSize(2);
    assertThat(report.runs())
        .extracting(RunRecord::name)
        .containsExactly("gated seed 1", "text seed 1");
    RunRecord gated = report.runs().get(0);
    assertThat(gated.fusion()).isEqualTo("gated");
    assertThat(gated.rationales())
        .hasValueSatisfying(stage -> assertThat(stage.texts()).hasSize(2));
    assertThat(gated.rationales().map(StageTexts::decoding)).hasValue("generated, beam 4");
    assertThat(gated.metrics().get(0).get("stage").asText()).isEqualTo("rationale");
    assertThat(report.runs().get(1).result())
        .isEqualTo(new RunResult.Failed("text", 1, "no memory"));
  }

  @Test
  void makesATableAndAPage() throws IOException {
    Report report = ResultsFolder.open(folder).report();
    assertThat(TerminalTable.render(AblationTable.of(report.ablation())))
        .contains("1 seed · teacher-forced")
        .contains("✗ text seed 1 failed: no memory");
    assertThat(ReportPage.render(report))
        .contains("\"rationales\":\"10\"")
        .contains("{\"name\":\"rationale gate\",\"points\":[[1.0,0.25]]}")
        .contains("\"question\":1,\"stage\":\"rationale\",\"tokens\":[\"a\",\"b\"]");
  }

  @Test
  void aFolderWithoutResultsNamesThoseThereAre() {
    assertThatThrownBy(() -> ResultsFolder.open(root.resolve("results/yours")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            root.resolve("results/yours")
                + ": no results there (experiment.json is missing); known: mine");
  }

  private void answers(String file, String first, String second) throws IOException {
    write(
        file,
        """
        {"id": "1", "text": "%s", "target": "It is red."}
        {"id": "2", "text": "%s", "target": "It is red."}
        """
            .formatted(first, second));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
