package dev.fusebox.benchmarks.device;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the maker of a device states for dense matrix products, in TFLOP/s: the data sheets of
 * NVIDIA, without sparsity.
 *
 * @param name as the driver calls it, or part of it; empty for a device that is not known
 */
record StatedSpeed(String name, double fp32, double tf32, double bf16) {

  private static final List<StatedSpeed> KNOWN =
      List.of(
          new StatedSpeed("H100 PCIe", 51, 378, 756),
          new StatedSpeed("H100 NVL", 60, 417.5, 835.5),
          new StatedSpeed("H100", 67, 494.5, 989.5),
          new StatedSpeed("H200", 67, 494.5, 989.5),
          new StatedSpeed("A100", 19.5, 156, 312),
          new StatedSpeed("A40", 37.4, 74.8, 149.7),
          new StatedSpeed("A10", 31.2, 62.5, 125),
          new StatedSpeed("L40S", 91.6, 183, 362),
          new StatedSpeed("L4", 30.3, 60, 121));

  /** Of a device. */
  static StatedSpeed of(String device) {
    return KNOWN.stream()
        .filter(each -> device.matches(".*\\b" + each.name() + "\\b.*"))
        .findFirst()
        .orElse(new StatedSpeed("", 0, 0, 0));
  }

  /** Operations per second in an arithmetic, where they are known. */
  OptionalDouble of(Arithmetic arithmetic) {
    double tera =
        switch (arithmetic) {
          case FP32 -> fp32;
          case TF32 -> tf32;
          case BF16 -> bf16;
        };
    return tera > 0 ? OptionalDouble.of(tera * 1e12) : OptionalDouble.empty();
  }
}
