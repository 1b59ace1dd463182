package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.MajorityLab.COMMON;
import static dev.fusebox.lab.ablation.MajorityLab.TWO_VARIANTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which stages runs share, and what each reads of the one before. */
class StagesOfAblationTest {

  @TempDir Path folder;
  private MajorityLab lab;

  @BeforeEach
  void open() {
    lab = MajorityLab.in(folder);
  }

  @Test
  void pretrainingIsSharedByAllCellsAndTheirSeeds() throws IOException {
    AblationPlan plan = lab.plan(TWO_VARIANTS + "pretraining { texts = 20, training.steps = 2 }\n");
    lab.runner.run(plan, lab.notes);
    assertThat(lab.model.trained).hasSize(1 + 4);
    assertThat(lab.model.trained.get(0).train()).hasSize(20);
    assertThat(lab.model.trained.subList(1, 5))
        .allSatisfy(task -> assertThat(task.start().orElseThrow()).isDirectory());
    assertThat(PlanText.of(plan, lab.store, lab.root))
        .contains("2 variants x 2 seeds = 4 runs, 10 stages; 0 to do, 10 done, 2 shared")
        .contains("nothing to do");
  }

  @Test
  void howStatesAreSavedChangesNoResult() throws IOException {
    AblationPlan plan =
        lab.plan(
            COMMON
                + """
                pretraining { texts = 20, training.steps = 2 }
                ablation.variants {
                  usual  {}
                  often  { training.saves { every = 1, keep = 3 }, pretraining.training.saves.every = 2 }
                  longer { training.steps = 3 }
                }
                """);
    assertThat(names(plan.runs().get(1))).isEqualTo(names(plan.runs().get(0)));
    assertThat(names(plan.runs().get(2))).isNotEqualTo(names(plan.runs().get(0)));
  }

  private static List<String> names(PlannedRun run) {
    return run.plan().stages().stream().map(Stage::name).toList();
  }

  @Test
  void aStageReadsWhatTheStageBeforeItWrote() throws IOException {
    String twoStages =
        """
        data { demo { questions = 60, seed = 3 } }
        pipeline {
          rationale { format = QCM-E, target.maxTokens = 128 }
          answer    { format = QCMG-A, from = rationale }
        }
        ablation.variants { gold {}, generated { pipeline.answer.trainOn = generated } }
        """;
    lab.run(twoStages);
    // rationale (shared), answer on gold, answer on generated
    assertThat(lab.model.trained).hasSize(3);
    // rationale on test (shared) and train, answer of each
    assertThat(lab.model.predicted).hasSize(4);
    int[] gold = lab.model.trained.get(1).train().get(0).source();
    int[] generated = lab.model.trained.get(2).train().get(0).source();
    assertThat(generated).isNotEqualTo(gold);
  }

  /** The way the test questions will be read decides which weights are kept. */
  @Test
  void validationReadsWhatTheStageBeforeItWroteWhateverIsLearntFrom() throws IOException {
    String looking =
        """
        data { demo { questions = 60, seed = 3 } }
        pipeline {
          rationale { format = QCM-E, target.maxTokens = 128 }
          answer    { format = QCMG-A, from = rationale, training.validation { every = 1, metric = accuracy } }
        }
        ablation.variants { looking {} }
        """;
    lab.run(looking);
    assertThat(lab.notes.lines).contains("looking seed 1: rationale, writing validation");
    assertThat(lab.model.trained.get(1).validation()).isNotEmpty();
  }

  @Test
  void stagesFormAChainAndCutTextsAreTold() throws IOException {
    String chain =
        """
        data { demo { questions = 60, seed = 3 } }
        pipeline {
          description { format = QCM-D, target.maxTokens = 8 }
          summary     { format = QCMG-DL, from = description, trainOn = generated, retrieval.passages = 1, target.maxTokens = 512 }
          rationale   { format = QCMG-E, from = summary, trainOn = generated }
          answer      { format = QCMG-A, from = rationale, trainOn = generated }
        }
        """;
    AblationPlan plan = lab.plan(chain);
    assertThat(lab.runner.run(plan, lab.notes)).allMatch(RunResult.Finished.class::isInstance);
    assertThat(lab.model.trained).hasSize(4);
    assertThat(lab.model.trained.get(0).train().get(0).targetText()).startsWith("Description:");
    assertThat(lab.model.trained.get(1).train().get(0).targetText()).contains(" Lecture: ");
    assertThat(CutTexts.of(plan, lab.store))
        .hasSize(1)
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("description: of ")
        .endsWith(" targets were too long and truncated");
    assertThatThrownBy(
            () -> lab.plan(chain.replace("from = summary, trainOn = generated", "from = summary")))
        .hasMessageContaining(
            "pipeline.rationale.trainOn must be generated where summary writes QCMG-DL, found gold");
  }

  @Test
  void retrievedPassagesJoinTheContext() throws IOException {
    String retrieving =
        COMMON
            + """
            ablation.variants {
              plain     {}
              retrieved { pipeline.answer.retrieval { passages = 1 } }
            }
            """;
    lab.run(retrieving);
    assertThat(lab.model.trained).hasSize(2);
    assertThat(lab.model.trained.get(1).train().get(0).source().length)
        .isGreaterThan(lab.model.trained.get(0).train().get(0).source().length);
  }
}
