package dev.fusebox.t5.tokenize;

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

/** A vocabulary is read as it was written, whatever letters the corpus has. */
class WordTokenizerPropertyTest {

  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> corpus =
        Stream.generate(() -> RandomText.of(random, 60)).limit(random.nextInt(8)).toList();
    WordTokenizer learnt = WordTokenizer.learn(corpus.stream(), 1 + random.nextInt(3));
    learnt.save(directory);
    WordTokenizer read = WordTokenizer.open(directory.resolve(WordTokenizer.FILE));
    assertThat(read.size()).isEqualTo(learnt.size());
    for (int id = 0; id < learnt.size(); id++) {
      assertThat(read.token(id)).isEqualTo(learnt.token(id));
    }
    for (String text : corpus) {
      assertThat(read.encode(text))
          .isEqualTo(learnt.encode(text))
          .doesNotContain(Tokenizer.UNKNOWN);
    }
  }
}
