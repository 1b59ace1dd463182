package dev.fusebox.tensor;

import ai.djl.pytorch.jni.IValue;

/**
 * A value that only script functions can read, such as weights packed for their products. It
 * belongs to no manager: whoever asked for it closes it.
 *
 * @since 0.1
 */
public final class ScriptObject implements AutoCloseable {

  private final IValue value;

  ScriptObject(IValue value) {
    this.value = value;
  }

  /** What a function is given; not the function's to close. */
  IValue value() {
    return value;
  }

  @Override
  public void close() {
    value.close();
  }
}
