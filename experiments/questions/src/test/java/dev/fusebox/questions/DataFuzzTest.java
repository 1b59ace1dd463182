package dev.fusebox.questions;

import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Questions of any bytes. */
public final class DataFuzzTest {

  private static final FuzzedFile PROBLEMS = new FuzzedFile("problems.json", UserError.class);

  static final Map<String, Consumer<byte[]>> TARGETS = Map.of("problems", DataFuzzTest::problems);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(DataFuzzTest.class, TARGETS);
  }

  private static void problems(byte[] bytes) {
    PROBLEMS.read(
        bytes, file -> ProblemsFile.read(file, Map.of(), new HashMap<>(), new HashMap<>()));
  }
}
