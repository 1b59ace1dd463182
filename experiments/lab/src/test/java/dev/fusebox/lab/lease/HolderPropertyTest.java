package dev.fusebox.lab.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.RandomText;
import java.io.IOException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who holds a lease is read as it was written, or not at all. */
class HolderPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  private static Holder holder(Random random) {
    return new Holder(
        RandomText.of(random, 12),
        RandomText.of(random, 12),
        random.nextLong(),
        RandomText.of(random, 12),
        RandomText.of(random, 12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    Holder holder = holder(new Random(seed));
    assertThat(Holder.of(Lease.text(holder))).isEqualTo(holder);
  }

  /** A file may be read while another process writes it. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aBeginningOfItIsNone(long seed) {
    Random random = new Random(seed);
    String line = holder(random).line().strip();
    String cut = line.substring(0, random.nextInt(line.length()));
    assertThatThrownBy(() -> Holder.of(cut)).isInstanceOf(IOException.class);
  }

  @Test
  void anotherValueIsNone() {
    for (String text : new String[] {"", "null", "{}", "[1]", "{\"host\": null}", "7"}) {
      assertThatThrownBy(() -> Holder.of(text)).as(text).isInstanceOf(IOException.class);
    }
  }
}
