package dev.fusebox.lab.ablation;

import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.UserError;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Experiments of any bytes, down to the records they become. */
public final class ExperimentFuzzTest {

  private static final FuzzedFile FILE = new FuzzedFile("a.conf", UserError.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("experiment", ExperimentFuzzTest::experiment);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(ExperimentFuzzTest.class, TARGETS);
  }

  private static void experiment(byte[] bytes) {
    if (new String(bytes, StandardCharsets.ISO_8859_1).contains("url")) {
      return; // an include may reach out of this machine
    }
    ExperimentReader reader =
        new ExperimentReader(
            new FusionCatalogue(List.of()), ExperimentFuzzTest.class.getClassLoader());
    FILE.read(bytes, file -> reader.read(file, List.of()));
  }
}
