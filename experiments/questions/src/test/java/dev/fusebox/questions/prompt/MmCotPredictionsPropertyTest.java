package dev.fusebox.questions.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.RandomText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** mm-cot's files are read as they were written, whatever a model writes. */
class MmCotPredictionsPropertyTest {

  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static List<String> texts(Random random, int count) {
    return Stream.generate(() -> RandomText.of(random, 40)).limit(count).toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    Random random = new Random(seed);
    int count = random.nextInt(6);
    MmCotPredictions written =
        new MmCotPredictions(
            texts(random, count), random.nextBoolean() ? texts(random, count) : List.of());
    Path file = directory.resolve("predictions_ans_test.json");
    written.write(file);
    assertThat(MmCotPredictions.is(file)).isTrue();
    assertThat(MmCotPredictions.read(file)).isEqualTo(written);
  }
}
