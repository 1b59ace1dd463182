package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.fusion.Mode;
import dev.fusebox.tensor.Parameters;
import java.util.function.UnaryOperator;

/**
 * A matrix that is a parameter and nothing more.
 *
 * @param stored (out, in), fp32; bfloat16 or bytes where it does not learn
 * @param parameters it is one of
 */
public record PlainMatrix(NDArray stored, Parameters parameters) implements Matrix {

  @Override
  public NDArray weight() {
    return parameters.floats(stored);
  }

  /** What {@code work} makes of {@link #weight}, which lives no longer than that. */
  public NDArray with(UnaryOperator<NDArray> work) {
    NDArray numbers = weight();
    try {
      return work.apply(numbers);
    } finally {
      if (numbers != stored) {
        numbers.close();
      }
    }
  }

  @Override
  public Object operand(Mode mode) {
    return stored;
  }

  @Override
  public boolean isParameter() {
    return stored.getDataType() == DataType.FLOAT32;
  }
}
