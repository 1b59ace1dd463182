package dev.fusebox.t5.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.RandomText;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.t5.TinyT5;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a model was tuned is read as it was written, to the last bit of a number. */
class AdapterConfigPropertyTest {

  private static final List<String> MATRICES =
      List.of("k", "o", "q", "v", "wi", "wi_0", "wi_1", "wo");

  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  private static List<String> some(Random random) {
    List<String> targets = MATRICES.stream().filter(each -> random.nextBoolean()).toList();
    return targets.isEmpty() ? List.of("q") : targets;
  }

  private static Tuning tuning(Random random) {
    List<String> targets = some(random);
    return switch (random.nextInt(3)) {
      case 0 ->
          new Lora(
              1 + random.nextInt(Integer.MAX_VALUE),
              Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(-300, 300)) + 1e-308,
              random.nextBoolean(),
              random.nextDouble(),
              targets);
      case 1 -> new Ia3(targets, targets.stream().filter(each -> random.nextBoolean()).toList());
      default -> new Prompt(1 + random.nextInt(Integer.MAX_VALUE));
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    Random random = new Random(seed);
    Tuning tuning = tuning(random);
    Path file = directory.resolve(AdapterConfig.NAME);
    List<String> modules =
        Stream.of("encoder.block.0.layer.0.SelfAttention.q").toList(); // only for patterns
    JsonFiles.write(
        file, AdapterConfig.json(tuning, modules, TinyT5.CONFIG, RandomText.of(random, 20)));
    assertThat(AdapterConfig.read(file)).isEqualTo(tuning);
  }
}
