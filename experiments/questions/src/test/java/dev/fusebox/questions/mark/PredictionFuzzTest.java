package dev.fusebox.questions.mark;

import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Predictions of any bytes. */
public final class PredictionFuzzTest {

  private static final FuzzedFile FILE = new FuzzedFile("predictions.jsonl", UserError.class);

  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("predictions", PredictionFuzzTest::predictions);

  private static Consumer<byte[]> chosen;

  /** Called by the fuzzer once, with the name of what it fuzzes. */
  public static void fuzzerInitialize(String[] arguments) {
    chosen = Objects.requireNonNull(TARGETS.get(arguments[0]), arguments[0]);
  }

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    chosen.accept(bytes);
  }

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(PredictionFuzzTest.class, TARGETS);
  }

  private static void predictions(byte[] bytes) {
    FILE.read(bytes, PredictionFile::read);
  }
}
