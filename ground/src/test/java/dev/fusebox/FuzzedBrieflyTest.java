package dev.fusebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fuzzer that found nothing, whatever a reader did, would pass for a good one. */
final class FuzzedBrieflyTest {

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "sound", bytes -> {},
          "broken", FuzzedBrieflyTest::refuseTwoLetters,
          "greedy", FuzzedBrieflyTest::takeMemory);

  @TempDir Path folder;

  private static void refuseTwoLetters(byte[] bytes) {
    if (bytes.length > 1 && bytes[0] == 'f' && bytes[1] == 'b') {
      throw new AssertionError("two letters");
    }
  }

  private static void takeMemory(byte[] bytes) {
    if (bytes.length > 0) {
      assertThat(new long[1 << 27].length).isGreaterThan(bytes.length); // a GB
    }
  }

  @Test
  void whatIsFoundIsKeptAndNamed() throws IOException {
    assertThatThrownBy(() -> FuzzedBriefly.fuzz(FuzzedBrieflyTest.class, List.of("broken"), folder))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("FuzzedBrieflyTest: found broken: " + folder.resolve("crash-"))
        .hasMessageContaining("two letters");
    try (Stream<Path> files = Files.list(folder)) {
      Path crash =
          files
              .filter(file -> file.getFileName().toString().startsWith("crash-"))
              .findFirst()
              .get();
      assertThat(Files.readString(crash)).startsWith("fb");
    }
  }

  /** Kept as its reader saw it, without the byte that chose the reader. */
  @Test
  void ofSeveralReadersTheOneThatFailedIsNamed() throws IOException {
    assertThatThrownBy(
            () -> FuzzedBriefly.fuzz(FuzzedBrieflyTest.class, List.of("sound", "broken"), folder))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "FuzzedBrieflyTest: found broken: " + folder.resolve("broken").resolve("crash-"));
    try (Stream<Path> files = Files.list(folder.resolve("broken"))) {
      assertThat(Files.readString(files.findFirst().orElseThrow())).startsWith("fb");
    }
  }

  @Test
  void memoryIsBounded() {
    assertThatThrownBy(() -> FuzzedBriefly.fuzz(FuzzedBrieflyTest.class, List.of("greedy"), folder))
        .hasMessageContaining("OutOfMemoryError");
  }

  @Test
  void aSoundReaderPasses() throws Exception {
    FuzzedBriefly.fuzz(FuzzedBrieflyTest.class, List.of("sound"), folder);
    assertThat(folder.resolve("log")).content().contains("Done");
  }
}
