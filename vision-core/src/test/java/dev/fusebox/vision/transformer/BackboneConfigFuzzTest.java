package dev.fusebox.vision.transformer;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackboneProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A {@code config.json} of a vision backbone of any bytes. */
public final class BackboneConfigFuzzTest {

  private static final FuzzedFile FILE =
      new FuzzedFile("config.json", IOException.class, IllegalArgumentException.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("backbone", BackboneConfigFuzzTest::backbone);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(BackboneConfigFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(BackboneConfigFuzzTest.class, TARGETS.keySet());
  }

  /** As whoever plans a run does: which kind is it, and what does it take. */
  private static void backbone(byte[] bytes) {
    for (VisionBackboneProvider kind : List.of(new VitProvider(), new ClipProvider())) {
      FILE.read(
          bytes,
          file -> {
            Path folder = file.getParent();
            if (kind.recognises(folder)) {
              kind.outline(folder, Readout.last());
            }
          });
    }
  }
}
