package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.MajorityLab.COMMON;
import static dev.fusebox.lab.ablation.MajorityLab.TWO_VARIANTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.lab.ablation.MajorityLab.SilentListener;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.SmallScienceQa;
import dev.fusebox.results.report.AblationTable;
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.t5.tokenize.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid of variants and seeds: every cell computed once, and a failed one is a row. */
class AblationRunnerTest {

  @TempDir Path folder;
  private MajorityLab lab;

  @BeforeEach
  void open() {
    lab = MajorityLab.in(folder);
  }

  @Test
  void runsEveryCellOnceAndFindsItAgain() throws IOException {
    AblationPlan plan = lab.plan(TWO_VARIANTS);
    List<RunResult> results = lab.runner.run(plan, lab.notes);
    assertThat(results).hasSize(4).allMatch(RunResult.Finished.class::isInstance);
    assertThat(lab.notes.lines)
        .containsExactly(
            "text seed 1: demo data",
            "text seed 1: answer",
            "text seed 1: answer, writing",
            "text seed 1 done",
            "text seed 2: answer",
            "text seed 2: answer, writing",
            "text seed 2 done",
            "caption seed 1: answer",
            "caption seed 1: answer, writing",
            "caption seed 1 done",
            "caption seed 2: answer",
            "caption seed 2: answer, writing",
            "caption seed 2 done");
    String table = TerminalTable.render(AblationTable.of(lab.report().ablation()));
    assertThat(table).contains("Does a caption help?", "2 seeds", "generated, greedy", "chance");

    lab = MajorityLab.in(folder);
    assertThat(lab.run(TWO_VARIANTS)).isEqualTo(results);
    assertThat(lab.model.trained).isEmpty();
    assertThat(lab.notes.lines).hasSize(4).allMatch(line -> line.endsWith("done before"));
  }

  @Test
  void aRunTellsWhatMadeIt() throws IOException {
    lab.run(TWO_VARIANTS);
    Path run = lab.root.path().resolve("mine/caption-seed2");
    JsonNode record = new ObjectMapper().readTree(run.resolve("run.json").toFile());
    assertThat(record.path("outcome").asText()).isEqualTo("finished");
    assertThat(record.at("/config/features/source").asText()).isEqualTo("caption");
    assertThat(record.at("/stages")).hasSize(3);
    assertThat(record.at("/made/jvm").asText()).isNotEmpty();
    assertThat(record.at("/accuracy/questions").asInt()).isPositive();
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("step");
    assertThat(Files.readAllLines(run.resolve("predictions.jsonl"))).isNotEmpty();
  }

  @Test
  void aRunThatFailsIsARow() throws IOException {
    List<RunResult> results =
        lab.run(
            COMMON + "ablation.variants { good {}, bad { training.optimizer.learningRate = 9 } }");
    assertThat(results.get(0)).isInstanceOf(RunResult.Finished.class);
    assertThat(results.get(1))
        .isEqualTo(new RunResult.Failed("bad", Repeat.of(1), "loss is NaN at step 3"));
    assertThat(lab.root.path().resolve("mine/bad-seed1/run.json"))
        .content()
        .contains("loss is NaN");
  }

  /** A fusion may throw anything; its run is a row, with all that is known. */
  @Test
  void aRunThatEndsInAnErrorIsARowWithItsWholeReason() throws IOException {
    List<RunResult> results =
        lab.run(
            COMMON + "ablation.variants { bad { training.optimizer.learningRate = 8 }, good {} }");
    String reason =
        "java.lang.AssertionError: names\n  first\n  second\ncaused by: java.lang.StackOverflowError";
    assertThat(results.get(0)).isEqualTo(new RunResult.Failed("bad", Repeat.of(1), reason));
    assertThat(results.get(1)).isInstanceOf(RunResult.Finished.class);
    JsonNode record =
        new ObjectMapper().readTree(lab.root.path().resolve("mine/bad-seed1/run.json").toFile());
    assertThat(record.path("reason").asText()).isEqualTo(reason);
  }

  @Test
  void whatIsFoundInTheDataIsKeptWithTheResults() throws IOException {
    Path data = SmallScienceQa.in(folder.resolve("data"));
    Files.writeString(
        data.resolve("scienceqa/problems.json"),
        SmallScienceQa.PROBLEMS.replace("\"run\", \"dog\"", "\"dog\", \"dog\""));
    WordTokenizer.learn(Stream.of("a b c"), 1).save(data);
    AblationPlan plan =
        lab.plan("data.root = " + data + "\npipeline { answer { format = QCM-A } }");
    String note = "1 question has options that read the same, of which one counts as right: 3";
    assertThat(plan.notes()).containsExactly(note);
    lab.book().runs().open(plan);
    assertThat(lab.root.path().resolve("mine/experiment.json")).content().contains(note);
  }

  @Test
  void severalStagesAtOnceComeToTheSame() throws IOException {
    String stages =
        """
        data { demo { questions = 60, seed = 3 } }
        pretraining { texts = 20, training.steps = 2 }
        pipeline {
          rationale { format = QCM-E, target.maxTokens = 128, start = model }
          answer    { format = QCMG-A, from = rationale }
        }
        ablation {
          seeds = [1, 2, 3]
          variants { text {}, caption { features = caption }, bad { training.optimizer.learningRate = 9 } }
        }
        """;
    List<RunResult> alone = lab.run(stages);
    lab = lab.elsewhere();
    List<RunResult> together =
        lab.runner.run(lab.plan(stages + "ablation.jobs = 4"), new SilentListener());
    assertThat(together).isEqualTo(alone).hasSize(9);
    assertThat(together.subList(6, 9)).allMatch(RunResult.Failed.class::isInstance);
    assertThat(lab.root.path().resolve("mine/caption-seed3/run.json")).exists();
  }
}
