package dev.fusebox.t5;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptSource;

/** Which kind of matrix a model is built from. */
@FunctionalInterface
public interface Matrices {

  /** A parameter each. */
  Matrices PLAIN =
      (parameters, name, shape, initializer) ->
          new PlainMatrix(parameters.declare(name, shape, initializer), parameters);

  /**
   * Declares the parameters of a matrix.
   *
   * @param name of the weights in a Hugging Face checkpoint
   * @param shape (out, in)
   * @param initializer where no checkpoint holds them
   */
  Matrix declare(Parameters parameters, String name, Shape shape, Initializer initializer);

  /**
   * What the sub-layers take for a matrix and how they multiply with it: the type {@code Matrix}
   * and the function {@code product} of their script.
   */
  default ScriptSource script() {
    return new ScriptSource(Matrices.class, "matrix.py");
  }
}
