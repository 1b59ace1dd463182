package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.TorchScript;

/** Compiles {@code generate.py} and {@code screen.py} for what libtorch offers here. */
final class DecoderScript {

  private DecoderScript() {}

  static TorchScript compile(NDManager manager) {
    try {
      return TorchScript.compile(
          manager, DecoderScript.class, "generate.py", "screen.py", "packed.py");
    } catch (IllegalArgumentException withoutOneDnn) {
      return TorchScript.compile(
          manager, DecoderScript.class, "generate.py", "screen.py", "unpacked.py");
    }
  }
}
