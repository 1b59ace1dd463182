package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.fusion.Mode;
import dev.fusebox.tensor.Parameters;

/**
 * A matrix that is a parameter and nothing more.
 *
 * @param stored (out, in), fp32, or bfloat16 where it does not learn
 * @param parameters it is one of
 */
public record PlainMatrix(NDArray stored, Parameters parameters) implements Matrix {

  @Override
  public NDArray weight() {
    return parameters.floats(stored);
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
