package dev.fusebox.lab.lease;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A lease that a process cannot have written keeps nobody from work for longer than it lasts. */
public final class LeaseFuzzTest {

  private static final FuzzedFile LEASE = new FuzzedFile("1");
  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofSeconds(100), Duration.ofSeconds(400));

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("lease", LeaseFuzzTest::lease, "leaseName", LeaseFuzzTest::leaseName);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(LeaseFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(LeaseFuzzTest.class, TARGETS.keySet());
  }

  private static void lease(byte[] bytes) {
    LEASE.read(
        bytes,
        file -> {
          Path folder = file.getParent();
          Leases leases = new Leases(folder.getParent(), TIMES);
          leases.holder(folder.getFileName().toString()).ifPresent(Holder::inWords);
        });
  }

  /** Files that others leave in a lease's folder. */
  private static void leaseName(byte[] bytes) {
    String name = new String(bytes, StandardCharsets.UTF_8).replaceAll("[/\\x00]", "");
    if (name.length() > 60 || name.matches("\\.*")) {
      return;
    }
    try {
      Path folder = Files.createTempDirectory("lease");
      Path file = Files.createFile(folder.resolve(name));
      Leases.numbers(folder);
      Files.delete(file);
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
