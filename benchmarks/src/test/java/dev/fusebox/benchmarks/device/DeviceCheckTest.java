package dev.fusebox.benchmarks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code checks/gpu} does, on the processor, with the smallest model. */
class DeviceCheckTest {

  @TempDir private Path folder;

  private static String goldens() {
    return System.getProperty("fusebox.goldens");
  }

  @Test
  void everythingHoldsOnTheProcessor() throws IOException {
    boolean holds =
        DeviceCheck.check(
            Map.of(
                "device", "cpu", "size", "tiny", "goldens", goldens(), "out", folder.toString()));
    JsonNode report = new ObjectMapper().readTree(folder.resolve("check.json").toFile());
    assertThat(report.get("rows")).allMatch(row -> row.get("holds").asBoolean());
    assertThat(holds).isTrue();
    assertThat(report.get("about").get("device").asText()).isEqualTo("cpu");
    for (Arithmetic arithmetic : Arithmetic.values()) {
      for (String what : List.of("scores", "loss", "gradients", "greedy texts")) {
        String name = "mmcot/v11_gated, " + arithmetic.words() + ", " + what;
        assertThat(report.get("rows")).anyMatch(row -> row.get("what").asText().equals(name));
      }
      for (String what : List.of("training, operations", "writing, operations")) {
        assertThat(found(report, what + ", " + arithmetic.words())).doesNotStartWith("0.0 ");
      }
    }
    assertThat(found(report, "killed after step 4 and resumed")).isEqualTo("the same");
    assertThat(found(report, "two replicas on cpu, cpu as two parts on one")).isEqualTo("the same");
    assertThat(folder.resolve("check.md"))
        .content()
        .contains("| two trainings, one after the other | the same | the same |  |");
  }

  private static String found(JsonNode report, String what) {
    return Stream.iterate(0, i -> i < report.get("rows").size(), i -> i + 1)
        .map(i -> report.get("rows").get(i))
        .filter(row -> row.get("what").asText().equals(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row tells of " + what))
        .get("found")
        .asText();
  }

  @Test
  void whatDoesNotHoldIsSaidInBothFiles() throws IOException {
    DeviceReport report = new DeviceReport(Map.of("device", "none"));
    report.add(
        List.of(
            Row.measured("Speed", "a", "fast"),
            Row.atMost("Numbers", "b", 0.5, 0.1),
            Row.atMost("Numbers", "c", Double.NaN, 0.1),
            Row.same("Bits", "d", false)));
    assertThat(report.holds()).isFalse();
    report.write(folder);
    assertThat(DeviceReport.read(folder)).isEqualTo(report.rows());
    assertThat(folder.resolve("check.md"))
        .content()
        .contains("| a | fast |  |  |")
        .contains("| b | 5.00e-01 | at most 1.0e-01 | **not so** |")
        .contains("| c | NaN | at most 1.0e-01 | **not so** |")
        .contains("| d | others | the same | **not so** |");
    assertThat(Files.readString(folder.resolve("check.json"))).contains("\"holds\" : false");
  }

  @Test
  void aCardIsFoundByItsName() {
    assertThat(StatedSpeed.of("NVIDIA H100 80GB HBM3").of(Arithmetic.BF16).orElseThrow())
        .isCloseTo(989.5e12, within(1e9));
    assertThat(StatedSpeed.of("NVIDIA A100-SXM4-80GB").of(Arithmetic.TF32).orElseThrow())
        .isCloseTo(156e12, within(1e9));
    assertThat(StatedSpeed.of("NVIDIA L40S").of(Arithmetic.FP32).orElseThrow())
        .isCloseTo(91.6e12, within(1e9));
    assertThat(StatedSpeed.of("").of(Arithmetic.FP32)).isEmpty();
  }
}
