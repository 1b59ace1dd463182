package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.training.task.TokenCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

  @TempDir Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve(MetricsFile.NAME);
    try (MetricsFile metrics = new MetricsFile(file, 0)) {
      Map<String, Double> beside = Map.of();
      metrics.step(1, new Learner.Figures(2.5, 1, 0.1, beside), 7, 9, 1e6);
      metrics.gates(1, Map.of("encoder.0", 0.25));
      metrics.step(2, new Learner.Figures(Double.NaN, 1, 0.1, beside), 3, 4, 0);
    }
    return file;
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    List<MetricsLine> lines = MetricsFile.read(written());
    assertThat(lines).extracting(MetricsLine::step).containsExactly(1L, 1L, 2L);
    assertThat(lines.get(0).figures())
        .containsEntry("loss", 2.5)
        .containsEntry("tokens", 7)
        .containsEntry(MetricsFile.OPERATIONS, 1e6)
        .doesNotContainKey("step");
    assertThat(lines.get(1)).isEqualTo(new MetricsLine(1, Map.of(), Map.of("encoder.0", 0.25)));
    assertThat(lines.get(2).figures()).containsEntry("loss", Double.NaN);
  }

  @Test
  void tokensAndOperationsAreAddedUp() throws IOException {
    assertThat(MetricsFile.count(written())).isEqualTo(new TokenCount(10, 13, 1e6));
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("m.jsonl"), "{\"step\":1}\n{\"step\":2,\"lo");
    assertThatThrownBy(() -> MetricsFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ", line 2: metrics expected, found {\"step\":2,\"lo");
  }
}
