package dev.fusebox.t5.tune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.Matrices;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.PlainMatrix;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * Matrices of which some are tuned.
 *
 * @param tuned whether the matrix of a name without {@code .weight} is
 * @param kind makes what is tuned of it
 */
record TunedMatrices(Predicate<String> tuned, Kind kind) implements Matrices {

  static final ScriptSource SOURCE = new ScriptSource(TunedMatrices.class, "tuned.py");

  /** What a tuned matrix is. */
  @FunctionalInterface
  interface Kind {

    /**
     * Declares what is added to a matrix.
     *
     * @param stem the name without {@code .weight}
     * @param shape (out, in)
     * @param base the matrix, however it is held
     */
    Matrix declare(Parameters parameters, String stem, Shape shape, NDArray base);
  }

  /** One that stays as it is. */
  private record Untouched(PlainMatrix plain) implements Matrix {

    @Override
    public NDArray weight() {
      return plain.weight();
    }

    @Override
    public boolean isParameter() {
      return plain.isParameter();
    }

    @Override
    public Object operand(Mode mode) {
      return new TunedOperand(List.of(plain.stored()), 0, 0);
    }
  }

  @Override
  public Matrix declare(Parameters parameters, String name, Shape shape, Initializer initializer) {
    NDArray base = parameters.declare(name, shape, initializer);
    String stem = Targets.stem(name);
    return tuned.test(stem)
        ? kind.declare(parameters, stem, shape, base)
        : new Untouched(new PlainMatrix(base, parameters));
  }

  @Override
  public ScriptSource script() {
    return SOURCE;
  }
}
