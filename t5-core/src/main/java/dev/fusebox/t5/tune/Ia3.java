package dev.fusebox.t5.tune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.Matrices;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.PlainMatrix;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import java.util.Collection;
import java.util.List;

/**
 * {@code ia3}: a factor for each number that a matrix gives, or, of the feed-forward's second
 * matrix, for each number that it takes (IA³; Liu et al. 2022, arXiv 2205.05638). Factors begin at
 * one, so a model begins as it was.
 *
 * @param targets which matrices: q, k, v, o, wi, wi_0, wi_1, wo, or patterns of whole names
 * @param inputs those of {@code targets} whose input is scaled
 */
public record Ia3(List<String> targets, List<String> inputs) implements Tuning {

  private static final String FACTORS = ".ia3_l";

  public Ia3 {
    targets = Targets.checked("targets", targets);
    inputs = inputs.isEmpty() ? List.of() : Targets.checked("inputs", inputs);
  }

  @Override
  public boolean tunesBase() {
    return false;
  }

  @Override
  public boolean adds(String parameter) {
    return parameter.endsWith(FACTORS);
  }

  @Override
  public Matrices matrices() {
    return new TunedMatrices(this::tunes, this::declare);
  }

  @Override
  public List<String> targetsMissing(Collection<String> parameters) {
    return Targets.without(targets, parameters);
  }

  /** Whether the matrix of a name without {@code .weight} is tuned. */
  boolean tunes(String stem) {
    return Targets.include(targets, stem);
  }

  private Matrix declare(Parameters parameters, String stem, Shape shape, NDArray base) {
    Shape factors =
        Targets.include(inputs, stem) ? new Shape(1, shape.get(1)) : new Shape(shape.get(0), 1);
    parameters.declare(stem + FACTORS, factors, Initializer.ones());
    return scaled(parameters, stem, base);
  }

  /** A matrix with the factors that were declared beside it. */
  Matrix scaled(Parameters parameters, String stem, NDArray base) {
    return new Scaled(new PlainMatrix(base, parameters), parameters.get(stem + FACTORS));
  }

  /** {@code W ⊙ l}. */
  private record Scaled(PlainMatrix base, NDArray factors) implements Matrix {

    @Override
    public NDArray weight() {
      return base.with(numbers -> numbers.mul(factors));
    }

    @Override
    public Object operand(Mode mode) {
      return new TunedOperand(List.of(base.stored(), factors), 1, 0);
    }
  }
}
