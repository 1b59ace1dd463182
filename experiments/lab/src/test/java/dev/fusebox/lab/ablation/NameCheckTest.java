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

/** Names that a person gives. */
class NameCheckTest {

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    files = ExperimentFiles.withBase(folder);
  }

  @Test
  void aNameThatTheResultsNeedIsRefused() {
    Path file = files.write("stages.conf", "pipeline { answer { format = QCM-A } }");
    assertThatThrownBy(() -> files.reader().read(file, List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("results/stages belongs to all experiments");
  }

  @Test
  void namesStandAsTheyAreWritten() {
    Experiment experiment =
        files.read(
            """
            ablation.variants {
              "lr0.1" { training.optimizer.learningRate = 0.1 }
              "two words" {}
              größe {}
              "ユニ_1+" {}
            }
            ablation.compare { "lr0.1" = größe }
            pipeline { "first.stage" { format = QCM-E }, answer { format = QCMG-A, from = first.stage } }
            """);
    assertThat(experiment.variants())
        .extracting(Variant::name)
        .containsExactly("lr0.1", "two words", "größe", "ユニ_1+");
    assertThat(experiment.compare()).containsEntry("lr0.1", "größe");
    assertThat(experiment.variants().get(0).recipe().pipeline())
        .containsOnlyKeys("first.stage", "answer");
  }

  @Test
  void aNameWithADotAndWithoutQuotesIsToldAsItWasMeant() {
    assertThat(
            told(
                () ->
                    files.read(
                        """
                        ablation { variants {
                          lr0.1 { training.optimizer.learningRate = 0.1 }
                          v1.2.3 {}
                        } }
                        pipeline { stage.two { format = QCM-A } }
                        """)))
        .contains("line 3  ablation.variants.lr0.1   a name with a dot stands in quotes: \"lr0.1\"")
        .contains(
            "line 4  ablation.variants.v1.2.3  a name with a dot stands in quotes: \"v1.2.3\"");
    assertThat(told(() -> files.read("pipeline { stage.two { format = QCM-A } }")))
        .contains("line 2  pipeline.stage.two  a name with a dot stands in quotes: \"stage.two\"");
  }

  /** On most systems but Linux, and on sticks and shares that people carry results on. */
  @Test
  void namesThatSomeSystemsTakeForOneFolderAreTold() {
    assertThat(told(() -> files.read("ablation.variants { Gated {}, blind {}, gated {} }")))
        .contains(
            "ablation.variants.gated  differs from Gated only in a way that some file systems ignore; give one of them another name");
    assertThat(told(() -> files.read("ablation.variants { \"\u00e9\" {}, \"e\u0301\" {} }")))
        .contains("1 problem", "differs from \u00e9");
  }

  @Test
  void aNameThatNoFileCanHaveIsRefusedWithItsPlace() {
    assertThat(told(() -> files.read("ablation.variants { \"a/b\" {}, \"..\" {}, \" c\" {} }")))
        .contains("line 2  ablation.variants.\"a/b\"  a name is letters, digits")
        .contains("ablation.variants.\"..\"", "ablation.variants.\" c\"");
    assertThat(told(() -> files.read("pipeline { \"x/y\" { format = QCM-A } }")))
        .contains("line 2  pipeline.\"x/y\"  a name is letters");
  }

  @Test
  void aFileWhoseNameNamesNoFolderIsRefused() {
    for (String name : List.of("...conf", ".conf", "..conf")) {
      Path file = files.write(name, "pipeline { answer { format = QCM-A } }");
      assertThat(told(() -> files.reader().read(file, List.of())))
          .contains("becomes the name of its results folder");
    }
    Path blank = files.write("a b.conf", "pipeline { answer { format = QCM-A } }");
    assertThat(files.reader().read(blank, List.of()).variants())
        .extracting(Variant::name)
        .contains("a b");
  }
}
