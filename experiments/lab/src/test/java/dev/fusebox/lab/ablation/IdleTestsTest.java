package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test that is asked for and cannot be done is told with its key and the reason. */
class IdleTestsTest {

  private static final String TWO_STAGES =
      "pipeline { rationale { format = QCM-E }, answer { format = QCMG-A, from = rationale } }";

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    files = ExperimentFiles.withBase(folder);
  }

  private List<String> notes(String text) {
    return files.read(text).notes();
  }

  @Test
  void withoutARationaleNothingIsChangedDrawnOrLeftOutOfIt() {
    String tests =
        "test { change = [shuffle-options, no-rationale], every = [order, sentence], samples = 4 }\n";
    assertThat(notes(tests))
        .containsExactly(
            "test.change = no-rationale, test.every = sentence, test.samples = 4: no effect in any variant:"
                + " the last stage reads nothing that another writes; pipeline.answer.from names one");
    assertThat(notes(tests + TWO_STAGES)).isEmpty();
  }

  @Test
  void oneVariantToWhichItAppliesIsEnough() {
    String variants = "test.samples = 2\nablation.variants { one {}, two { " + TWO_STAGES + " } }";
    assertThat(notes(variants)).isEmpty();
    assertThat(notes("ablation.variants { one { test.samples = 2 }, two { " + TWO_STAGES + " } }"))
        .containsExactly(
            "test.samples = 2: no effect in any variant: the last stage reads nothing that another writes; pipeline.answer.from names one");
  }

  @Test
  void withoutPassagesNoneIsLeftOut() {
    assertThat(notes("test.every = [passage]"))
        .containsExactly(
            "test.every = passage: no effect in any variant: no stage retrieves passages; pipeline.answer.retrieval.passages says how many");
    assertThat(notes("test.every = [passage]\npipeline.answer.retrieval { passages = 3 }"))
        .isEmpty();
  }

  @Test
  void withoutPicturesNoneIsChanged() {
    String line =
        "test.change = no-picture: no effect in any variant: no stage sees a picture or reads its caption; features and control decide that";
    String test = "test.change = [no-picture]\n";
    assertThat(notes(test + "features = none")).containsExactly(line);
    assertThat(notes(test + "features = detr\nfusion = mist\ncontrol = blind")).contains(line);
    assertThat(notes(test + "features = detr\nfusion = mist")).isEmpty();
    assertThat(notes(test + "features = caption")).isEmpty();
  }
}
