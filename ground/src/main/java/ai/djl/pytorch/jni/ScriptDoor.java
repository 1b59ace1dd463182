package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * Runs a method of a loaded TorchScript module with arguments of any type. The engine's public
 * calls take tensors only or run in inference mode, in which no gradient can flow.
 *
 * @since 0.1
 */
public final class ScriptDoor {

  private ScriptDoor() {}

  /**
   * Runs {@code method}; a graph is recorded when the thread's grad mode is on.
   *
   * @param arguments the caller's to close
   * @return the result, the caller's to close
   */
  public static IValue run(PtSymbolBlock module, String method, IValue... arguments) {
    long[] handles = new long[arguments.length];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = arguments[i].getHandle();
    }
    // train = true: false would mean inference mode, not merely "no dropout".
    return new IValue(
        PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, true, false));
  }
}
