package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.TorchScript;

/** Compiles {@code generate.py} and {@code filter.py} for what libtorch offers here. */
public final class DecoderScript {

  private DecoderScript() {}

  /** Compiles them; the caller closes the result. */
  public static TorchScript compile(NDManager manager) {
    try {
      return TorchScript.compile(
          manager, DecoderScript.class, "generate.py", "filter.py", "packed.py");
    } catch (IllegalArgumentException withoutOneDnn) {
      return TorchScript.compile(
          manager, DecoderScript.class, "generate.py", "filter.py", "unpacked.py");
    }
  }
}
