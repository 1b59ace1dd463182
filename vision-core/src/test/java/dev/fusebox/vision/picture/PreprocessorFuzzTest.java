package dev.fusebox.vision.picture;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A {@code preprocessor_config.json} of any bytes. */
public final class PreprocessorFuzzTest {

  private static final FuzzedFile FILE =
      new FuzzedFile("preprocessor_config.json", IOException.class, IllegalArgumentException.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("preprocessor", PreprocessorFuzzTest::preprocessor);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(PreprocessorFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(PreprocessorFuzzTest.class, TARGETS.keySet());
  }

  private static void preprocessor(byte[] bytes) {
    FILE.read(bytes, file -> PreprocessorFile.read(file, PreprocessorFile.Style.CLIP).inWords());
  }
}
