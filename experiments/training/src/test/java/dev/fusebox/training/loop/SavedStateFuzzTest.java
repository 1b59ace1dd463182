package dev.fusebox.training.loop;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a saved state tells of its files, of any bytes. */
public final class SavedStateFuzzTest {

  private static final FuzzedFile CHECKSUMS = new FuzzedFile("checksums.json", IOException.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("checksums", SavedStateFuzzTest::checksums);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(SavedStateFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(SavedStateFuzzTest.class, TARGETS.keySet());
  }

  /** Of itself, which is the file at hand. */
  private static void checksums(byte[] bytes) {
    CHECKSUMS.read(
        bytes,
        file -> {
          Path state = file.getParent();
          StateChecksums.check(state, List.of(file));
        });
  }
}
