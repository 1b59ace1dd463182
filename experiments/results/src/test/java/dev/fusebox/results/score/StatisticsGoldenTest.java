package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against statsmodels' exact McNemar test and Holm correction. */
class StatisticsGoldenTest {

  @Test
  void mcNemar() {
    List<JsonNode> cases = new ArrayList<>();
    JsonNode paired = MetricGoldens.read("paired.json");
    paired.get("mcnemar").forEach(cases::add);
    cases.add(paired.get("published"));
    assertThat(cases).hasSizeGreaterThan(1);
    for (JsonNode one : cases) {
      double expected = one.get("p_exact_two_sided").asDouble();
      McNemar test =
          new McNemar(one.get("only_first_right").asInt(), one.get("only_second_right").asInt());
      assertThat(test.p()).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  @Test
  void holm() {
    JsonNode holm = MetricGoldens.read("paired.json").get("holm");
    List<Double> adjusted = Holm.adjust(numbers(holm.get("p")));
    List<Double> expected = numbers(holm.get("adjusted"));
    assertThat(adjusted).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(adjusted.get(i)).isCloseTo(expected.get(i), within(1e-12));
    }
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }
}
