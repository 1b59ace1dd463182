package dev.fusebox.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a process says of its work is what others hear. */
class UnderWayPropertyTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path cache;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(12), 0, Character.MIN_SURROGATE)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static UnderWay.StageLine stage(Random random) {
    return new UnderWay.StageLine(
        text(random), text(random), random.nextLong(), random.nextLong(), text(random));
  }

  private static UnderWay work(Random random) {
    return new UnderWay(
        text(random),
        random.nextLong(),
        NOW.minusSeconds(random.nextInt(100_000)).toString(),
        NOW.minusNanos(random.nextInt()).toString(),
        random.nextInt(),
        random.nextInt(),
        Stream.generate(() -> stage(random)).limit(random.nextInt(4)).toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsSaidIsHeard(long seed) throws IOException {
    UnderWay work = work(new Random(seed));
    Files.write(cache.resolve(UnderWay.name("1")), work.bytes());
    assertThat(UnderWay.in(cache, NOW)).containsExactly(work);
  }

  /** A file of somebody else is passed over. */
  @Test
  void whatIsNoneIsPassedOver() throws IOException {
    UnderWay work = work(new Random(1));
    Files.write(cache.resolve(UnderWay.name("5")), work.bytes());
    String whole = new String(work.bytes(), StandardCharsets.UTF_8);
    Files.writeString(cache.resolve(UnderWay.name("1")), "null");
    Files.writeString(cache.resolve(UnderWay.name("2")), "{}");
    Files.writeString(cache.resolve(UnderWay.name("3")), whole.replace("Z", "yesterday"));
    Files.writeString(cache.resolve(UnderWay.name("4")), whole.substring(0, whole.length() / 2));
    Files.write(cache.resolve(UnderWay.name("6")), new byte[] {0, 0, 0, 0, 123, 123, 123, 123});
    assertThat(UnderWay.in(cache, NOW)).containsExactly(work);
  }
}
