package dev.fusebox;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where Jazzer comes in: its arguments choose a test class and one of the readers in its {@code
 * TARGETS}.
 */
public final class FuzzerDoor {

  private static Consumer<byte[]> chosen;

  private FuzzerDoor() {}

  /** Called by the fuzzer once. */
  @SuppressWarnings("unchecked")
  public static void fuzzerInitialize(String[] arguments) throws ReflectiveOperationException {
    Field targets = Class.forName(arguments[0]).getDeclaredField("TARGETS");
    targets.setAccessible(true);
    Map<String, Consumer<byte[]>> readers = (Map<String, Consumer<byte[]>>) targets.get(null);
    chosen = Objects.requireNonNull(readers.get(arguments[1]), arguments[1]);
  }

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    chosen.accept(bytes);
  }
}
