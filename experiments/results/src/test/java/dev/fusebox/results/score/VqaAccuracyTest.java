package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VqaAccuracyTest {

  /** What VQA's evaluation code (PythonEvaluationTools, vqaEval.py) makes of answers. */
  @Test
  void answersAreMadeAlikeAsTheOriginalDoesIt() throws IOException {
    JsonNode pairs;
    try (InputStream file = VqaAccuracyTest.class.getResourceAsStream("vqa-answers.json")) {
      pairs = new ObjectMapper().readTree(file);
    }
    assertThat(pairs).hasSizeGreaterThan(80);
    for (JsonNode pair : pairs) {
      assertThat(VqaAccuracy.normalised(pair.get(0).asText()))
          .as("of \"%s\"", pair.get(0).asText())
          .isEqualTo(pair.get(1).asText());
    }
  }

  @Test
  void threePeopleAreEnough() {
    for (int people = 0; people <= 5; people++) {
      List<String> said = Collections.nCopies(people, "the Kite.");
      assertThat(VqaAccuracy.of("a kite", said)).isEqualTo(Math.min(1, people / 3.0));
    }
    assertThat(VqaAccuracy.of("two", List.of("2", "three", "two!"))).isEqualTo(2 / 3.0);
  }
}
