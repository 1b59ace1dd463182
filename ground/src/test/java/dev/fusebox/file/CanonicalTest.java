package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The form in which settings are hashed: another form would be another name for every result. */
class CanonicalTest {

  private sealed interface Optimizer permits AdamOptimizer {}

  private record AdamOptimizer(double rate, @ChangesNoResult int threads) implements Optimizer {}

  private record Settings(
      Optimizer optimizer,
      TimeUnit unit,
      Optional<Path> file,
      Optional<String> text,
      boolean flag,
      long count,
      List<Integer> list) {}

  @Test
  void aRecordIsItsComponentsThatCount() {
    Settings settings =
        new Settings(
            new AdamOptimizer(0.5, 3),
            TimeUnit.NANOSECONDS,
            Optional.of(Path.of("a/b")),
            Optional.empty(),
            true,
            7,
            List.of(1, 2));
    assertThat(Canonical.of(settings))
        .hasToString(
            "{\"optimizer\":{\"type\":\"adam\",\"rate\":0.5},\"unit\":\"nanoseconds\",\"file\":\"a/b\","
                + "\"text\":null,\"flag\":true,\"count\":7,\"list\":[1,2]}");
  }

  @Test
  void jsonStaysAsItIsAndAMapIsSorted() {
    assertThat(
            Canonical.of(
                Map.of(
                    "b",
                    JsonNodeFactory.instance.objectNode().put("z", 1).put("y", 2),
                    "a",
                    false)))
        .hasToString("{\"a\":false,\"b\":{\"z\":1,\"y\":2}}");
    assertThat(Canonical.key(Canonical.of("text"))).matches("[0-9a-f]{16}");
  }

  @Test
  void whatHasNoFixedFormIsRefused() {
    assertThatThrownBy(() -> Canonical.of(1f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no canonical form for java.lang.Float");
  }
}
