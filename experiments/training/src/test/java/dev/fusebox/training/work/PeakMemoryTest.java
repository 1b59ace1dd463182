package dev.fusebox.training.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PeakMemoryTest {

  private static final long MEGABYTES = 200;

  /** Memory of libtorch, which Java's own figures leave out. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void knowsWhatLibtorchTookAndForgetsIt() {
    PeakMemory.reset();
    long before = PeakMemory.megabytes().orElseThrow();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        NDArray array = manager.ones(new Shape(MEGABYTES * 1_000_000 / Float.BYTES))) {
      assertThat(array.size()).isEqualTo(MEGABYTES * 250_000);
    }
    long most = PeakMemory.megabytes().orElseThrow();
    assertThat(most - before).isBetween(MEGABYTES - 60, MEGABYTES + 300);
    PeakMemory.reset();
    assertThat(PeakMemory.megabytes().orElseThrow()).isLessThan(most - MEGABYTES / 2);
  }
}
