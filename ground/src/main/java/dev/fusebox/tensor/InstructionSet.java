package dev.fusebox.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The vector instructions that libtorch finds on this processor. They decide how long the sums are
 * that it adds up at once, and so the last bits of its numbers.
 *
 * @since 0.1
 */
public final class InstructionSet {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** What PyTorch's widest kernels need (aten/src/ATen/native/DispatchStub.cpp). */
  private static final List<String> AVX_512 =
      List.of("avx512f", "avx512bw", "avx512dq", "avx512vl");

  private static final List<String> AVX_2 = List.of("avx2", "fma");

  private InstructionSet() {}

  /** Its name, such as {@code AVX-512}; the architecture's where that is all that is known. */
  public static String name() {
    return Optional.ofNullable(System.getenv("ATEN_CPU_CAPABILITY"))
        .map(chosen -> chosen.toUpperCase(Locale.ROOT))
        .orElseGet(() -> widest(flags(LINUX), System.getProperty("os.arch")));
  }

  static String widest(Set<String> flags, String architecture) {
    return flags.containsAll(AVX_512)
        ? "AVX-512"
        : flags.containsAll(AVX_2) ? "AVX2" : architecture;
  }

  /** Of the first processor; none where the system says nothing. */
  static Set<String> flags(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> (Set<String>) new HashSet<>(Arrays.asList(line.split("\\s+"))))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of(); // another system
    }
  }
}
