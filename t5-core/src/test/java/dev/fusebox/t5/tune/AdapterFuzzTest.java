package dev.fusebox.t5.tune;

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

/** What the peft library writes of an adapter, of any bytes. */
public final class AdapterFuzzTest {

  private static final FuzzedFile FILE =
      new FuzzedFile("adapter_config.json", UserError.class, IOException.class);

  static final Map<String, Consumer<byte[]>> TARGETS = Map.of("adapter", AdapterFuzzTest::adapter);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(AdapterFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(AdapterFuzzTest.class, TARGETS.keySet());
  }

  private static void adapter(byte[] bytes) {
    FILE.read(bytes, AdapterConfig::read);
  }
}
