package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionSetTest {

  @TempDir private Path folder;

  private String of(String flags) throws IOException {
    Path file = Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\nflags\t\t: " + flags);
    return InstructionSet.widest(InstructionSet.flags(file), "amd64");
  }

  @Test
  void theWidestThatLibtorchUsesIsNamed() throws IOException {
    assertThat(of("fpu sse2\n")).isEqualTo("amd64");
    assertThat(of("fpu avx2 fma sse2\n")).isEqualTo("AVX2");
    assertThat(of("avx2 avx512f fma\n")).as("not all of it").isEqualTo("AVX2");
    assertThat(of("avx2 fma avx512f avx512bw avx512dq avx512vl\nflags\t: none\n"))
        .isEqualTo("AVX-512");
  }

  @Test
  void whereTheSystemSaysNothingTheArchitectureIsNamed() {
    Path nothing = folder.resolve("gone");
    assertThat(InstructionSet.widest(InstructionSet.flags(nothing), "aarch64"))
        .isEqualTo("aarch64");
    assertThat(InstructionSet.name()).isNotBlank();
  }
}
