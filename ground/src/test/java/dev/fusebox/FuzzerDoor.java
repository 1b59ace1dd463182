package dev.fusebox;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where Jazzer comes in: its arguments choose a test class and some of the readers in its {@code
 * TARGETS}. Of several the first byte of an input says which.
 */
public final class FuzzerDoor {

  private static final List<Consumer<byte[]>> CHOSEN = new ArrayList<>();

  private FuzzerDoor() {}

  /** Called by the fuzzer once. */
  @SuppressWarnings("unchecked")
  public static void fuzzerInitialize(String[] arguments) throws ReflectiveOperationException {
    Field targets = Class.forName(arguments[0]).getDeclaredField("TARGETS");
    targets.setAccessible(true);
    Map<String, Consumer<byte[]>> readers = (Map<String, Consumer<byte[]>>) targets.get(null);
    for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
      CHOSEN.add(Objects.requireNonNull(readers.get(name), name));
    }
  }

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (CHOSEN.size() == 1) {
      CHOSEN.get(0).accept(bytes);
    } else if (bytes.length > 0) {
      CHOSEN.get(reader(bytes, CHOSEN.size())).accept(Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }

  /** The place of the reader, of so many, that an input is for. */
  static int reader(byte[] bytes, int readers) {
    return Byte.toUnsignedInt(bytes[0]) % readers;
  }
}
