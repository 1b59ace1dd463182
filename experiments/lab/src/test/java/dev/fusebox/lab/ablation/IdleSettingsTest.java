package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.ExperimentFiles.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Need;
import dev.fusebox.fusion.Setting;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of the fusions on the class path that need more than the data bring. */
class IdleSettingsTest {

  private static final FusionCatalogue FUSIONS =
      FusionCatalogue.of(IdleSettingsTest.class.getClassLoader());

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    ClassLoader loader = IdleSettingsTest.class.getClassLoader();
    files = new ExperimentFiles(folder, new ExperimentReader(FUSIONS, loader));
    files.write(
        "base/demo.conf", "data = demo\nmodel = tiny\npipeline { answer.format = QCM-A }\n");
  }

  @Test
  void theyAreRefusedWithTheReason() {
    assertThatThrownBy(
            () ->
                files.read(
                    """
                    features = detr
                    ablation.variants {
                      plain { fusion = crossattn }
                      film  { fusion { name = crossattn, frames = film, sees = latest } }
                      stage { fusion = concat, pipeline.answer.fusion.frameEmbeddings = 2 }
                    }
                    """))
        .hasMessage(
            """
            %s: 3 problems
              line 5  fusion.frames = film                        has no effect unless a question has several pictures: set features.pictures = all if the data have several for a question, or add shots, which bring theirs; or leave it at pictures
              line 5  fusion.sees = latest                        has no effect unless a question has several pictures: set features.pictures = all if the data have several for a question, or add shots, which bring theirs; or leave it at all
              line 6  pipeline.answer.fusion.frameEmbeddings = 2  has no effect unless a question has several pictures: set features.pictures = all if the data have several for a question, or add shots, which bring theirs; or leave it at 0
            Put these right and run the same command again; fusebox describe shows every key."""
                .formatted(files.path("mine.conf")));
  }

  @Test
  void theyActWhereAllPicturesAreShown() {
    String several = "features { source = detr, pictures = all }\n";
    assertThat(files.read(several + "fusion { name = crossattn, sees = latest }").variants())
        .hasSize(1);
    assertThat(files.read(several + "fusion { name = concat, frameEmbeddings = 2 }").variants())
        .hasSize(1);
    assertThat(
            told(
                () ->
                    files.read(
                        several
                            + "fusion { name = crossattn, sees = latest }\nablation.variants { first { features.pictures = first } }")))
        .contains("fusion.sees = latest  has no effect unless");
  }

  @Test
  void theyActWhereSolvedQuestionsBringTheirPictures() {
    String stage = "features = detr\nfusion { name = crossattn, sees = latest }\npipeline.answer";
    assertThat(files.read(stage + " { shots = 2 }").variants()).hasSize(1);
    assertThat(told(() -> files.read(stage + " { shots { count = 2, pictures = false } }")))
        .contains("fusion.sees = latest  has no effect unless");
  }

  /** Whatever the fusion, its key and the kind of its values. */
  @ParameterizedTest
  @MethodSource("needy")
  void eachIsRefusedWhereItIsNotAtItsDefault(String fusion, RecordComponent key) {
    List<String> values = values(key.getType());
    List<String> accepted = new ArrayList<>();
    for (String value : values) {
      String lines = "fusion { name = %s, %s = %s }".formatted(fusion, key.getName(), value);
      try {
        files.read(lines);
        accepted.add(value);
      } catch (UserError refused) {
        assertThat(refused).hasMessageContaining("fusion." + key.getName() + " = " + value);
        assertThat(refused).hasMessageContaining("has no effect unless");
      }
    }
    assertThat(accepted).as("of " + values).hasSize(1);
  }

  static Stream<Object[]> needy() {
    return FUSIONS.providers().values().stream().flatMap(IdleSettingsTest::needy);
  }

  private static Stream<Object[]> needy(FusionProvider<?> provider) {
    return Arrays.stream(provider.configType().getRecordComponents())
        .filter(key -> key.getAnnotation(Setting.class).needs().length > 0)
        .map(key -> new Object[] {provider.name(), key});
  }

  private static List<String> values(Class<?> type) {
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants())
            .map(each -> each.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList()
        : List.of("0", "1", "3");
  }

  @Test
  void theFilesOwnDefaultsOfAFusionDoNotHideThem() {
    assertThat(told(() -> files.read("fusions.crossattn.frames = film\nfusion = crossattn")))
        .contains("line 2  fusion.frames = film  has no effect unless");
    assertThat(told(() -> files.read("fusion = crossattn", "fusion.blindText=mean")))
        .contains("command line  fusion.blindText = mean  has no effect unless");
  }

  @Test
  void aGridOverOneIsRefusedToo() {
    String grid = "ablation.grid { fusion = [{ name = crossattn, sees = latest }, crossattn] }";
    assertThat(told(() -> files.read(grid))).contains("fusion.sees = latest  has no effect unless");
  }

  /** A key that needs nothing may have any value: the rule is about no other. */
  @Test
  void aNeedIsStatedOnTheKeyAndNowhereElse() {
    assertThat(needy().map(each -> each[0] + "." + ((RecordComponent) each[1]).getName()))
        .contains(
            "concat.frameEmbeddings",
            "crossattn.frames",
            "crossattn.frameEmbeddings",
            "crossattn.sees",
            "crossattn.blindText");
    assertThat(files.read("fusion { name = crossattn, gate = none, heads = 3 }").variants())
        .hasSize(1);
    assertThat(Need.SEVERAL_PICTURES.condition()).isEqualTo("a question has several pictures");
  }
}
