package dev.fusebox.t5;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RelativePositionsGoldenTest {

  private static final Pattern CASE =
      Pattern.compile("bidirectional=(True|False),num_buckets=(\\d+),max_distance=(\\d+)");

  @Test
  void everyBucketEqualsTheOriginal() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(Goldens.text("position_buckets.json").toFile());
    assertThat(cases.size()).isPositive();
    for (Map.Entry<String, JsonNode> entry : cases.properties()) {
      Matcher matcher = CASE.matcher(entry.getKey());
      assertThat(matcher.matches()).as(entry.getKey()).isTrue();
      RelativePositions positions =
          new RelativePositions(
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)),
              matcher.group(1).equals("True"));
      for (Map.Entry<String, JsonNode> distance : entry.getValue().properties()) {
        assertThat(positions.bucket(Integer.parseInt(distance.getKey())))
            .as(entry.getKey() + ", distance " + distance.getKey())
            .isEqualTo(distance.getValue().asInt());
      }
    }
  }
}
