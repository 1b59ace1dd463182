package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.MajorityLab.COMMON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.results.report.ClaimTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables say of how the test was used, while a config is edited and run again. */
class ProtocolTest {

  private static final String VARIANTS =
      "ablation.variants { text {}, caption { features = caption } }\n";
  private static final String CLAIM = "ablation.claim = [\"caption > text\"]\n";
  private static final String FURTHER = "test.change = [no-hint]\n";

  @TempDir Path folder;
  private MajorityLab lab;

  @BeforeEach
  void open() {
    lab = MajorityLab.in(folder);
  }

  /** The cells of verdict and time of each claim. */
  private List<List<String>> claims() throws IOException {
    return ClaimTable.of(lab.report()).orElseThrow().sections().get(0).stream()
        .map(row -> List.of(row.get(0).text(), row.get(5).text(), row.get(6).text()))
        .toList();
  }

  /** Times are kept in seconds. */
  private static void aSecondLater() throws InterruptedException {
    Thread.sleep(1100);
  }

  @Test
  void furtherTestsOfARunAreNoOtherSettings() throws IOException {
    lab.run(COMMON + VARIANTS);
    lab.run(COMMON + VARIANTS + FURTHER);
    assertThat(lab.report().notes()).isEmpty();
    lab.run(COMMON + VARIANTS + FURTHER + "training.steps = 3\n");
    assertThat(lab.report().notes())
        .hasSize(1)
        .first()
        .asString()
        .contains("more than one setting: text with 2, caption with 2;");
  }

  /** The edit that adds a test makes run.json anew, and no answer. */
  @Test
  void aClaimThatComesWithAFurtherTestComesAfterTheRuns() throws Exception {
    lab.run(COMMON + VARIANTS);
    aSecondLater();
    lab.run(COMMON + VARIANTS + FURTHER + CLAIM);
    assertThat(claims()).containsExactly(List.of("caption > text", "cannot tell", "after 2 runs"));
  }

  @Test
  void aClaimThatIsStatedWithTheConfigComesBefore() throws IOException {
    lab.run(COMMON + VARIANTS + CLAIM);
    assertThat(claims())
        .containsExactly(List.of("caption > text", "cannot tell", "before the runs"));
    lab.run(COMMON + VARIANTS + FURTHER + CLAIM);
    assertThat(claims())
        .containsExactly(List.of("caption > text", "cannot tell", "before the runs"));
  }

  @Test
  void aClaimThatIsWithdrawnWhenItsResultIsKnownStaysInTheTable() throws IOException {
    lab.run(COMMON + VARIANTS + CLAIM);
    lab.run(COMMON + VARIANTS);
    assertThat(claims()).containsExactly(List.of("caption > text", "withdrawn", "before the runs"));
  }

  @Test
  void aClaimAmongACategoryThatThereIsNotStopsBeforeAnythingIsComputed() {
    assertThatThrownBy(
            () -> lab.run(COMMON + VARIANTS + "ablation.claim = [\"caption > text among IMGG\"]\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("caption > text among IMGG")
        .hasMessageContaining("did you mean IMG?");
    assertThat(lab.model.trained).isEmpty();
    assertThat(lab.root.path().resolve("stages")).doesNotExist();
  }
}
