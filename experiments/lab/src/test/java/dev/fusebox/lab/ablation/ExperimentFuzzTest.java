package dev.fusebox.lab.ablation;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.UserError;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
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

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(ExperimentFuzzTest.class, TARGETS.keySet());
  }

  private static void experiment(byte[] bytes) {
    ExperimentReader reader =
        new ExperimentReader(
            new FusionCatalogue(List.of()), ExperimentFuzzTest.class.getClassLoader());
    FILE.read(bytes, file -> reader.read(file, List.of()));
  }
}
