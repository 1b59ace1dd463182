package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person should know of lines that change nothing. */
class UnreachedStagesTest {

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    files = ExperimentFiles.withBase(folder);
  }

  @Test
  void aValueThatALaterLineReplacesIsANote() {
    Experiment experiment = files.read("training { epochs = 3 }\ntraining.epochs = 4");
    assertThat(experiment.notes())
        .singleElement()
        .asString()
        .contains("mine.conf: training.epochs is set in line 2 and again in line 3");
    assertThat(files.read("training.epochs = 4").notes()).as("another file's line").isEmpty();
    assertThat(files.read("training.epochs = 4\ntraining.epochs = ${?NOT_THERE}").notes())
        .isEmpty();
  }

  @Test
  void anArgumentThatAnotherOptimizerLacksDoesNotReachItsStage() {
    String text =
        """
        pretraining { training { steps = 9, optimizer { type = adafactor } } }
        pipeline { answer { format = QCM-A } }
        """;
    assertThat(files.read(text, "training.optimizer.beta1=0.8").notes())
        .containsExactly(
            "training.optimizer.beta1=0.8 does not reach pretraining, whose adafactor has no"
                + " beta1");
  }

  @Test
  void anOverrideThatDoesNotReachAStageIsANote() {
    String text =
        """
        pretraining { training.steps = 9 }
        pipeline { answer { format = QCM-A, training { steps = 50 } }, other { format = QCM-A } }
        """;
    assertThat(files.read(text, "training.steps=200").notes())
        .containsExactlyInAnyOrder(
            "training.steps=200 does not reach pipeline.answer, which keeps 50 ("
                + files.path("mine.conf")
                + ":3); pipeline.answer.training.steps=200 does",
            "training.steps=200 does not reach pretraining, which keeps 9 ("
                + files.path("mine.conf")
                + ":2); pretraining.training.steps=200 does");
    assertThat(files.read(text, "pipeline.answer.training.steps=200").notes()).isEmpty();
    assertThat(files.read(text, "training.epochs=2").notes())
        .contains(
            "training.epochs=2 changes nothing in pipeline.answer: training.steps = 50 decides there");
    assertThat(
            files
                .read("ablation.variants { a { features = detr }, b {} }", "features=clip")
                .notes())
        .isEmpty();
  }
}
