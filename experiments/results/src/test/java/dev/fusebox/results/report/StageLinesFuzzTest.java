package dev.fusebox.results.report;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a report reads of a stage, of any bytes. */
public final class StageLinesFuzzTest {

  private static final FuzzedFile FILE = new FuzzedFile("metrics.jsonl", UserError.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("stageLines", StageLinesFuzzTest::stageLines);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(StageLinesFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(StageLinesFuzzTest.class, TARGETS.keySet());
  }

  private static void stageLines(byte[] bytes) {
    FILE.read(bytes, StageLines::read);
  }
}
