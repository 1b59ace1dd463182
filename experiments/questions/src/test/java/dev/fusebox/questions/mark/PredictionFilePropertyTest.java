package dev.fusebox.questions.mark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.RandomText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Predictions are read as they were written, whatever a model writes. */
class PredictionFilePropertyTest {

  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    Random random = new Random(seed);
    List<Prediction> predictions =
        IntStream.range(0, random.nextInt(6))
            .mapToObj(
                i ->
                    new Prediction(
                        i + RandomText.of(random, 5),
                        RandomText.of(random, 40),
                        random.nextInt(5) == 0 ? null : RandomText.of(random, 40)))
            .toList();
    Path file = directory.resolve(PredictionFile.NAME);
    PredictionFile.write(file, predictions);
    assertThat(PredictionFile.read(file)).isEqualTo(predictions);
  }
}
