package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.TorchScript;

/**
 * What every part of the model is built from.
 *
 * @param config the shape
 * @param parameters where a part declares its own, under Hugging Face's names
 * @param ops tensor maths
 * @param script T5's fused sub-layers, {@code t5.py}
 */
public record Blueprint(T5Config config, Parameters parameters, Ops ops, TorchScript script) {

  /** A blueprint with its sub-layers compiled. */
  public static Blueprint of(T5Config config, Parameters parameters, Ops ops) {
    return new Blueprint(config, parameters, ops, ops.script(Blueprint.class, "t5.py"));
  }

  /** A matrix (out, in), normal around 0 as in Hugging Face's initialisation of T5. */
  public NDArray matrix(String name, int out, int in, double deviation) {
    return parameters.declare(name, new Shape(out, in), Initializer.normal(deviation));
  }

  /** The weight (D) of an RMS norm. */
  public NDArray norm(String name) {
    return parameters.declare(name, new Shape(config.width()), Initializer.ones());
  }

  /** The format of matrix products, for a script call. */
  public int compute() {
    return ops.precision().code();
  }
}
