package dev.fusebox.lab.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.RandomText;
import java.io.IOException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a stage ended reaches whoever asked for it, on one line, whatever the reason holds. */
class StageEndingPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsToldIsHeard(long seed) throws IOException {
    Random random = new Random(seed);
    StageEnding.End[] ends = StageEnding.End.values();
    StageEnding ending =
        new StageEnding(
            RandomText.of(random, 12),
            ends[random.nextInt(ends.length)],
            RandomText.of(random, 200),
            random.nextBoolean());
    String line = ending.json().toString();
    assertThat(line.lines()).hasSize(1);
    assertThat(StageEnding.of(new ObjectMapper().readTree(line))).isEqualTo(ending);
  }
}
