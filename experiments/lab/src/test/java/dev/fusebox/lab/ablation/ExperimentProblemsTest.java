package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.ExperimentFiles.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told where an experiment is wrong: whole messages, with their places. */
class ExperimentProblemsTest {

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    files = ExperimentFiles.withBase(folder);
  }

  @Test
  void anUnknownObjectiveIsAProblemOfTheConfig() {
    assertThatThrownBy(() -> files.read("pretraining { objectives { leters = 1 } }"))
        .hasMessageContaining(": 1 problem")
        .hasMessageContaining("  line 2  pretraining.objectives.leters = 1  must be called")
        .hasMessageContaining("unknown objective leters; did you mean letters?");
  }

  /** A block that is written in two files has no line of its own. */
  @Test
  void whatIsWrongInEveryVariantIsOneProblem() {
    assertThatThrownBy(
            () ->
                files.read(
                    """
                    pretraining.objectives { letters = 0, words = 0, answers = 0 }
                    ablation.variants { a {}, b { training.steps = 3 } }
                    """))
        .hasMessageContaining(": 1 problem")
        .hasMessageContaining("pretraining.objectives");
  }

  @Test
  void threeMistakesAreThreeLines() {
    assertThatThrownBy(
            () ->
                files.read(
                    """
                    training.epoch = 3
                    features = dert
                    fusion { name = mist, heads = 8.5 }
                    """))
        .isInstanceOf(UserError.class)
        .hasMessage(
            """
            %1$s: 3 problems
              line 2  training.epoch      unknown key; did you mean training.epochs?
              line 3  features = dert     no such feature source; did you mean detr?; known: none, caption, detr, clip, resnet, vit, file, passages, patches, pixels
              line 4  fusion.heads = 8.5  expected a whole number
            Put these right and run the same command again; fusebox describe shows every key."""
                .formatted(files.path("mine.conf")));
  }

  @Test
  void aMistakeInEveryVariantIsToldOnceAndOneInAnOverrideIsTheCommandLines() {
    assertThatThrownBy(
            () ->
                files.read(
                    """
                    fusion = mits
                    ablation { variants { a { contrl = blind }, b {} }, compare { a = c } }
                    """,
                    "training.batches.size=0"))
        .hasMessage(
            """
            %1$s: 4 problems
              line 2        fusion = mits              no such fusion; did you mean mist?; known: none, mist
              line 3        contrl                     unknown key; did you mean control?
              line 3        ablation.compare.a = c     no variant c; known: a, b
              command line  training.batches.size = 0  must be at least 1
            Put these right and run the same command again; fusebox describe shows every key."""
                .formatted(files.path("mine.conf")));
  }

  @Test
  void aKeyOfTrainingThatMovedNamesItsNewPlace() {
    assertThatThrownBy(
            () ->
                files.read(
                    """
                    training { learningRate = 1e-3, batch = 4 }
                    training.optimizer = adafactor
                    training.schedule = cosine
                    pipeline.answer.training.saveEvery = 5
                    """,
                    "training.beta1=0.5"))
        .hasMessage(
            """
            %s: 6 problems
              line 2        training.learningRate               moved: training.optimizer.learningRate
              line 2        training.batch                      moved: training.batches.size
              line 3        training.optimizer = adafactor      moved: training.optimizer.type = adafactor
              line 4        training.schedule = cosine          moved: training.schedule.course = cosine
              line 5        pipeline.answer.training.saveEvery  moved: pipeline.answer.training.saves.every
              command line  training.beta1                      moved: training.optimizer.beta1
            Put these right and run the same command again; fusebox describe shows every key."""
                .formatted(files.path("mine.conf")));
  }

  @Test
  void aMistakeInAnIncludedFileNamesThatFile() {
    files.write("base/demo.conf", "data = demo\nmodell = tiny\npipeline.answer.format = qcm\n");
    assertThatThrownBy(() -> files.read(""))
        .hasMessageMatching(
            "(?s).*base/demo.conf line 2  modell +unknown key; did you mean model\\?.*")
        .hasMessageContaining("pipeline.answer.format = qcm  must be INPUT-OUTPUT by letters");
  }

  @Test
  void lettersThatAreNoFormatAreToldWithTheNearest() {
    assertThat(told(() -> files.read("pipeline.answer.format = QMC-A")))
        .contains(
            "pipeline.answer.format = QMC-A  no input QMC; did you mean QCM?; known: QCM, CQM, QM");
    assertThat(told(() -> files.read("pipeline.answer.format = QCM-R")))
        .contains("no output R; R is written E (solution) or LE (lecture and solution); known: A");
    assertThat(told(() -> files.read("pipeline.answer.format = [QCM-A]")))
        .contains("pipeline.answer.format  must be INPUT-OUTPUT by letters");
  }

  @Test
  void aStageThatReadsFromAnotherHasAPlaceForItsText() {
    assertThat(
            told(
                () ->
                    files.read(
                        "pipeline { r.format = QCM-E, answer { from = r, format = QCM-A } }")))
        .contains(
            "pipeline.answer.format = QCM-A  must have a G in its input, as QCMG-A, where the stage"
                + " reads from another that writes QCM-E (only a lecture alone, QCM-L, is read as a"
                + " passage)");
    assertThat(
            told(
                () ->
                    files.read(
                        "pipeline { r.format = QCM-L, answer { from = r, format = QM-A } }")))
        .contains(
            "pipeline.answer.format = QM-A  must have a C in its input where passages are read");
    assertThat(
            told(
                () ->
                    files.read(
                        "pipeline.answer { format = QCM-A, retrieval { passages = 2, source = gold } }")))
        .contains("passages", "must be 1 where source = gold, as a question has one lecture");
  }

  @Test
  void aStageThatWritesNoAnswerCannotGoByAccuracy() {
    assertThatThrownBy(
            () ->
                files.read(
                    "pipeline.answer { format = QCM-E, training.validation.metric = accuracy }"))
        .hasMessageContaining(
            "line 2  pipeline.answer.training.validation.metric = accuracy  must be loss or a rouge-l where the stage"
                + " writes no answer, as in QCM-E");
  }

  @Test
  void aFileThatIsNotThereSuggestsItsNeighbour() {
    files.write("quickstart.conf", "");
    assertThatThrownBy(() -> files.reader().read(files.path("quikstart.conf"), List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file; did you mean " + files.path("quickstart.conf"));
    assertThatThrownBy(
            () -> files.reader().read(files.write("x.conf", "include \"nope.conf\""), List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("include \"nope.conf\": no such file");
  }

  @Test
  void textThatIsNoHoconIsToldByLine() {
    assertThatThrownBy(() -> files.read("training { epochs = [1\n}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mine.conf: 1 problem\n  line 3");
    assertThatThrownBy(() -> files.read("\nmodel.checkpoint = ${nowhere}/x"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 3  Could not resolve substitution to a value: ${nowhere}");
  }

  @Test
  void mistakesInTrackingAreTold() {
    assertThatThrownBy(() -> files.read("tracking { mlflw = \"http://localhost:5000\" }"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unknown key; did you mean tracking.mlflow?");
    assertThatThrownBy(() -> files.read("tracking.mlflow = \"localhost:5000\""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("must be an address such as http://localhost:5000");
    assertThatThrownBy(() -> files.read("tracking = on"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a block with mlflow, experiment");
  }

  @Test
  void whatOneFileWritesTwiceIsTold() {
    assertThat(
            told(
                () ->
                    files.read(
                        """
                        ablation { variants {
                          a { training.steps = 3 }
                          "b" { training.steps = 4 } # a { }
                          a { training.batches.size = 2 }
                          b {}
                        } }
                        """)))
        .contains("line 5  ablation.variants.a  written twice, first in line 3")
        .contains("line 6  ablation.variants.b  written twice, first in line 4");
    assertThat(told(() -> files.read("pipeline { x { format = QCM-A }, x { format = QCM-E } }")))
        .contains("line 2  pipeline.x  written twice, first in line 2");
    assertThat(told(() -> files.read("ablation.grid { model.checkpoint = [a/t5, b/t5] }")))
        .contains("two variants are called t5");
  }

  @Test
  void numbersOutOfRangeAreToldAsTheyWereWritten() {
    assertThat(told(() -> files.read("training.optimizer.learningRate = 1e400")))
        .contains(
            "training.optimizer.learningRate = 1e400  expected a number from -1.8e308 to 1.8e308");
    assertThat(told(() -> files.read("training.optimizer.learningRate = 1e-400")))
        .contains("training.optimizer.learningRate = 1e-400  expected a number");
    assertThat(told(() -> files.read("training.batches.size = 3000000000")))
        .contains("training.batches.size = 3000000000  expected a whole number from -2147483648");
    assertThat(told(() -> files.read("ablation.seeds = [1e30]"))).contains("seeds[0] = 1e30");
    assertThat(told(() -> files.read("", "ablation.jobs=100000")))
        .contains("must be from 0 to 1024");
  }

  @Test
  void anOverrideThatIsNoKeyIsTheCommandLines() {
    for (String override : List.of("training..steps=3", "a\"b=3", ".=1")) {
      assertThat(told(() -> files.read("", override)))
          .startsWith("command line: ")
          .contains("no key");
    }
    assertThat(told(() -> files.read("training..steps = 3")))
        .contains("mine.conf: 1 problem\n  line 2");
  }
}
