package dev.fusebox.questions;

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

/** Questions of any bytes. */
public final class DataFuzzTest {

  private static final FuzzedFile PROBLEMS = new FuzzedFile("problems.json", UserError.class);

  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("problems", DataFuzzTest::problems);

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
    return FuzzedInputs.replay(DataFuzzTest.class, TARGETS);
  }

  private static void problems(byte[] bytes) {
    PROBLEMS.read(bytes, file -> ProblemsFile.read(file, Map.of()));
  }
}
