package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Mode;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;

/**
 * What every part of the model is built from.
 *
 * @param config the shape
 * @param parameters where a part declares its own, under Hugging Face's names
 * @param ops tensor maths
 * @param script the fused sub-layers
 * @param matrices what a weight matrix is
 */
record Blueprint(
    T5Config config, Parameters parameters, Ops ops, T5Script script, Matrices matrices) {

  /** A blueprint with its sub-layers compiled. */
  static Blueprint of(T5Config config, Parameters parameters, Ops ops, Matrices matrices) {
    return new Blueprint(config, parameters, ops, new T5Script(config, ops, matrices), matrices);
  }

  /** A weight matrix (out, in), normal around 0 as in Hugging Face's initialisation of T5. */
  Matrix matrix(String name, int out, int in, double deviation) {
    return matrices.declare(parameters, name, new Shape(out, in), Initializer.normal(deviation));
  }

  /** A table (rows, columns) to look things up in, normal around 0. */
  NDArray table(String name, int rows, int columns, double deviation) {
    return parameters.declare(name, new Shape(rows, columns), Initializer.normal(deviation));
  }

  /** The weight (D) of an RMS norm. */
  NDArray norm(String name) {
    return parameters.declare(name, new Shape(config.width()), Initializer.ones());
  }

  /** The rate of dropout. */
  double dropout(Mode mode) {
    return mode.dropout(config.dropout());
  }
}
