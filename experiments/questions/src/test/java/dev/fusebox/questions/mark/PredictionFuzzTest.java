package dev.fusebox.questions.mark;

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

/** Predictions of any bytes. */
public final class PredictionFuzzTest {

  private static final FuzzedFile FILE = new FuzzedFile("predictions.jsonl", UserError.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("predictions", PredictionFuzzTest::predictions);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(PredictionFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(PredictionFuzzTest.class, TARGETS.keySet());
  }

  private static void predictions(byte[] bytes) {
    FILE.read(bytes, PredictionFile::read);
  }
}
