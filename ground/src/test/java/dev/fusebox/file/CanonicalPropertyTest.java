package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.RandomText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal settings have equal keys, others have others. */
class CanonicalPropertyTest {

  @TempDir private Path directory;

  private record Settings(
      Map<String, Object> parts,
      List<Object> list,
      Optional<Double> maybe,
      String text,
      @ChangesNoResult int pace) {}

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 5 : 8)) {
      case 0 -> RandomText.of(random, 8);
      case 1 -> random.nextInt(100);
      case 2 -> random.nextLong();
      case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20));
      case 4 -> random.nextBoolean();
      case 5 -> Optional.of(value(random, depth + 1));
      case 6 -> map(random, depth + 1);
      default -> List.of(value(random, depth + 1), value(random, depth + 1));
    };
  }

  private static Map<String, Object> map(Random random, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      map.put(RandomText.of(random, 6), value(random, depth));
    }
    return map;
  }

  /** The same map, filled in another order. */
  private static Map<String, Object> shuffled(Map<String, Object> map, Random random) {
    List<String> keys = new ArrayList<>(map.keySet());
    Collections.shuffle(keys, random);
    Map<String, Object> other = new LinkedHashMap<>();
    keys.forEach(key -> other.put(key, map.get(key)));
    return other;
  }

  private static String key(Object settings) {
    return Canonical.key(Canonical.of(settings));
  }

  private static Settings settings(Random random) {
    return new Settings(
        map(random, 0),
        List.of(value(random, 0)),
        random.nextBoolean() ? Optional.of(random.nextDouble()) : Optional.empty(),
        RandomText.of(random, 9),
        random.nextInt());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void neitherOrderNorPaceChangesAKey(long seed) {
    Random random = new Random(seed);
    Settings one = settings(random);
    Settings other =
        new Settings(
            shuffled(one.parts(), random), one.list(), one.maybe(), one.text(), one.pace() + 1);
    assertThat(key(other)).isEqualTo(key(one));
    assertThat(key(settings(new Random(seed)))).isEqualTo(key(one));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverElseIsChangedChangesTheKey(long seed) {
    Random random = new Random(seed);
    Settings one = settings(random);
    String first = one.parts().keySet().iterator().next();
    Map<String, Object> fewer = new LinkedHashMap<>(one.parts());
    fewer.remove(first);
    Map<String, Object> changed = new LinkedHashMap<>(one.parts());
    changed.put(first, "another " + seed);
    List<Object> longer = new ArrayList<>(one.list());
    longer.add(0);
    assertThat(
            List.of(
                key(one),
                key(new Settings(fewer, one.list(), one.maybe(), one.text(), 0)),
                key(new Settings(changed, one.list(), one.maybe(), one.text(), 0)),
                key(new Settings(one.parts(), longer, one.maybe(), one.text(), 0)),
                key(new Settings(one.parts(), one.list(), Optional.of(-1.0), one.text(), 0)),
                key(new Settings(one.parts(), one.list(), one.maybe(), one.text() + " ", 0))))
        .doesNotHaveDuplicates();
  }

  /** A key must be the same for settings that come from a file. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aFileKeepsTheKey(long seed) throws IOException {
    JsonNode node = Canonical.of(settings(new Random(seed)));
    JsonFiles.write(directory.resolve("settings.json"), node);
    assertThat(Canonical.key(JsonFiles.read(directory.resolve("settings.json"))))
        .isEqualTo(Canonical.key(node));
  }
}
