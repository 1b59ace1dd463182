package dev.fusebox.training.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.prompt.TextPair;
import dev.fusebox.training.batch.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens are read as they were written, or not at all. */
class TokenFilePropertyTest {

  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  private static Tokenised tokens(Random random) {
    int words = random.nextBoolean() ? 1 << 16 : Integer.MAX_VALUE; // two bytes each, or four
    boolean ranks = random.nextBoolean();
    List<Example> examples =
        IntStream.range(0, random.nextInt(9))
            .mapToObj(
                i ->
                    new Example(
                        "q" + i,
                        random.ints(random.nextInt(12), 0, words).toArray(),
                        random.ints(random.nextInt(5), 0, words).toArray(),
                        "target " + i,
                        ranks ? Optional.of(options(random, words)) : Optional.empty()))
            .toList();
    return new Tokenised(examples, random.nextInt(9), random.nextInt(9), random.nextInt(9));
  }

  private static Example.Options options(Random random, int words) {
    int count = 1 + random.nextInt(4);
    List<int[]> texts =
        Stream.generate(() -> random.ints(random.nextInt(4), 0, words).toArray())
            .limit(count)
            .toList();
    return new Example.Options(texts, random.nextInt(count));
  }

  /** Of the options it matters how many there are, and which is right. */
  private static StageTexts.OptionTexts texts(Example.Options options) {
    return new StageTexts.OptionTexts(
        options.texts().stream().map(Arrays::toString).toList(), options.right());
  }

  private static StageTexts texts(Tokenised tokens) {
    return new StageTexts(
        tokens.examples().stream().map(Example::id).toList(),
        tokens.examples().stream().map(each -> new TextPair("source", each.targetText())).toList(),
        tokens.examples().stream()
            .flatMap(each -> each.options().stream())
            .map(TokenFilePropertyTest::texts)
            .toList(),
        List.of(),
        List.of(),
        12,
        5);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    Tokenised tokens = tokens(new Random(seed));
    Path file = directory.resolve("tokens");
    TokenFile.write(file, tokens);
    assertThat(TokenFile.read(file, texts(tokens)).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(tokens);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aFileWithOneByteFlippedOrCutOffIsNone(long seed) throws IOException {
    Random random = new Random(seed);
    Tokenised tokens = tokens(random);
    Path file = directory.resolve("tokens");
    TokenFile.write(file, tokens);
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, flipped);
    assertThat(TokenFile.read(file, texts(tokens))).isEmpty();
    Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
    assertThat(TokenFile.read(file, texts(tokens))).isEmpty();
  }
}
