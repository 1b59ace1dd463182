package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.results.report.AblationTable;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ReportPage;
import dev.fusebox.results.report.VarianceTable;
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid of variants, draws and seeds, from its config to its tables. */
class DrawnAblationTest {

  private static final String DRAWN =
      """
      data { demo { questions = 60, seed = 3 }, limits.train = 0.25 }
      pipeline {
        rationale { format = QCM-E }
        answer { format = QCMG-A, from = rationale, trainOn = generated }
      }
      ablation {
        question = "Does a caption help?"
        seeds = [1, 2]
        draws = [1, 5]
        variants { text {}, caption { features = caption } }
        compare { caption = text }
      }
      """;

  @TempDir Path folder;
  private MajorityLab lab;

  @BeforeEach
  void open() {
    lab = MajorityLab.in(folder);
  }

  private static Set<String> ids(TrainingTask task) {
    return task.train().stream().map(Example::id).collect(Collectors.toSet());
  }

  @Test
  void everyDrawLearnsFromQuestionsOfItsOwn() throws IOException {
    lab.run(DRAWN);
    Set<Set<String>> learnt = new HashSet<>();
    lab.model.trained.forEach(task -> learnt.add(ids(task)));
    assertThat(lab.model.trained).as("two stages, variants, draws and seeds").hasSize(16);
    assertThat(learnt).as("a set for each draw").hasSize(2).allMatch(ids -> ids.size() == 12);
    lab = lab.elsewhere();
    lab.run(DRAWN.replace("draws = [1, 5]", ""));
    assertThat(lab.model.trained)
        .hasSize(8)
        .allSatisfy(
            task -> {
              assertThat(ids(task)).hasSize(12);
              assertThat(learnt).doesNotContain(ids(task));
            });
  }

  @Test
  void foldersRecordsAndTablesTellTheDraws() throws IOException {
    List<RunResult> results = lab.run(DRAWN);
    assertThat(results).hasSize(8).allMatch(RunResult.Finished.class::isInstance);
    assertThat(results.get(2).title()).isEqualTo("text draw 5 seed 1");
    JsonNode record =
        new ObjectMapper()
            .readTree(lab.root.path().resolve("mine/caption-draw5-seed2/run.json").toFile());
    assertThat(record.path("draw").asLong()).isEqualTo(5);
    assertThat(record.at("/data/train/draw").asLong()).isEqualTo(5);
    assertThat(record.at("/config/data/draw").asLong()).isEqualTo(5);

    Report report = lab.report();
    assertThat(report.train()).as("what all draws are of decides the majority").hasSize(48);
    assertThat(TerminalTable.render(AblationTable.of(report.ablation())))
        .contains("2 seeds x 2 draws", "majority", "p: exact paired test");
    assertThat(TerminalTable.render(VarianceTable.of(report).orElseThrow()))
        .contains("2 seeds x 2 draws", "draw of training questions", "seed");
    assertThat(ReportPage.render(report)).contains("\"text draw 5 seed 1\"", "\"draw\":5");
  }

  /** Of a tokenizer, what the drawn questions are written with. */
  @Test
  void theUsedVocabularyIsThatOfTheDraw() throws IOException {
    String used =
        MajorityLab.COMMON + "data.limits.train = 0.25\nmodel.vocabulary = used\nablation.draws = ";
    lab.run(used + "[1, 5]");
    assertThat(lab.model.trained).extracting(TrainingTask::tokenizer).doesNotHaveDuplicates();
    assertThat(lab.model.predicted)
        .extracting(PredictionTask::tokenizer)
        .isEqualTo(lab.model.trained.stream().map(TrainingTask::tokenizer).toList());
  }

  @Test
  void whatIsDoneIsFoundAndOneMoreDrawIsAllThatIsComputed() throws IOException {
    List<RunResult> before = lab.run(DRAWN);
    lab = MajorityLab.in(folder);
    assertThat(lab.run(DRAWN)).isEqualTo(before);
    assertThat(lab.model.trained).isEmpty();
    assertThat(lab.notes.lines).hasSize(8).allMatch(line -> line.endsWith("done before"));
    lab = MajorityLab.in(folder);
    assertThat(lab.run(DRAWN.replace("[1, 5]", "[1, 5, 6]"))).hasSize(12);
    assertThat(lab.model.trained).hasSize(8);
  }

  @Test
  void thePlanCountsSeedsAndDraws() throws IOException {
    assertThat(PlanText.of(lab.plan(DRAWN), lab.store, lab.root))
        .startsWith("2 variants x 2 seeds x 2 draws = 8 runs, ")
        .contains("text draw 1 seed 1");
  }
}
