package dev.fusebox.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/**
 * How many cores an operator may use.
 *
 * @since 0.1
 */
public final class Cores {

  private Cores() {}

  /**
   * Gives operators on this thread, and on those that it starts, an equal share of the machine's
   * cores: small models gain nothing from more than one.
   *
   * @param workers threads that compute at the same time
   */
  public static void shareAmong(int workers) {
    Engine.getInstance(); // loads libtorch
    JniUtils.setNumThreads(Math.max(1, Runtime.getRuntime().availableProcessors() / workers));
  }

  /** How many threads compute one operator. */
  public static int perOperator() {
    Engine.getInstance();
    return JniUtils.getNumThreads();
  }

  /** How many operators may be computed at once where a graph allows it. */
  public static int betweenOperators() {
    Engine.getInstance();
    return JniUtils.getNumInteropThreads();
  }
}
