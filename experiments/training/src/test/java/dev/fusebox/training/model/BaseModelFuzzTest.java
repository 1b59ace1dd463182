package dev.fusebox.training.model;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a tuned stage tells of the model it was tuned from, of any bytes. */
public final class BaseModelFuzzTest {

  private static final FuzzedFile BASE = new FuzzedFile(BaseModel.NAME, UserError.class);

  static final Map<String, Consumer<byte[]>> TARGETS = Map.of("base", BaseModelFuzzTest::base);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(BaseModelFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(BaseModelFuzzTest.class, TARGETS.keySet());
  }

  private static void base(byte[] bytes) {
    BASE.read(bytes, file -> BaseModel.of(file.getParent(), FileHashes.ofThisProcess()));
  }
}
