package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fusion and the text model it is put into. */
class FusionFitTest {

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    files = ExperimentFiles.withBase(folder);
  }

  @Test
  void aFusionThatDoesNotFitTheModelIsAProblemOfTheConfig() {
    assertThatThrownBy(
            () ->
                files.read(
                    """
                    features = detr
                    ablation.variants {
                      fits   { fusion = mist }
                      shape  { fusion { name = mist, heads = 7 } }
                      stage  { fusion = mist, pipeline.answer.fusion.heads = 5 }
                      unseen { features = none, fusion { name = mist, heads = 9 } }
                    }
                    """))
        .isInstanceOf(UserError.class)
        .hasMessage(
            files.path("mine.conf")
                + """
                : 2 problems
                  line 5  fusion.heads = 7                  must divide the model's width 64
                  line 6  pipeline.answer.fusion.heads = 5  must divide the model's width 64
                Put these right and run the same command again; fusebox describe shows every key.""");
  }

  @Test
  void aFusionIsCheckedAgainstACheckpointThatIsThere() {
    files.write(
        "t5/config.json",
        "{\"d_model\": 96, \"d_kv\": 8, \"num_heads\": 4, \"d_ff\": 8, \"num_layers\": 2, \"vocab_size\": 9}");
    String checkpoint = "model.checkpoint=" + files.path("t5");
    String text = "features = detr, fusion { name = mist, heads = %d }";
    assertThat(files.read(text.formatted(6), checkpoint).variants()).hasSize(1);
    assertThatThrownBy(() -> files.read(text.formatted(64), checkpoint))
        .hasMessageContaining("fusion.heads = 64")
        .hasMessageContaining("must divide the model's width 96");
  }
}
