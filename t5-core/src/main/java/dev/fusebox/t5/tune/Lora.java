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
 * {@code lora}: {@code W + s · B · A} in place of W, which stays as it is (Hu et al. 2021, arXiv
 * 2106.09685). B begins at zero, so a model begins as it was.
 *
 * @param rank r, of A (r, in) and B (out, r)
 * @param alpha the scale s is {@code alpha / r}
 * @param rankStabilised whether s is {@code alpha / √r} instead (Kalajdzievski 2023, arXiv
 *     2312.03732)
 * @param dropout rate, of what A reads in training
 * @param targets which matrices: q, k, v, o, wi, wi_0, wi_1, wo, or patterns of whole names
 */
public record Lora(
    int rank, double alpha, boolean rankStabilised, double dropout, List<String> targets)
    implements Tuning {

  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";

  public Lora {
    require(rank >= 1, "rank must be at least 1, found " + rank);
    require(alpha > 0, "alpha must be above 0, found " + alpha);
    require(
        dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1, found " + dropout);
    targets = Targets.checked("targets", targets);
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }

  /** The factor s. */
  public double scale() {
    return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
  }

  @Override
  public boolean tunesBase() {
    return false;
  }

  @Override
  public boolean adds(String parameter) {
    return parameter.endsWith(A) || parameter.endsWith(B);
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
    long out = shape.get(0);
    long in = shape.get(1);
    // as torch begins a linear layer: uniform within 1/√in
    parameters.declare(stem + A, new Shape(rank, in), Initializer.linear(in));
    parameters.declare(stem + B, new Shape(out, rank), Initializer.zeros());
    return sum(parameters, stem, base);
  }

  /** The sum of a matrix and what was declared beside it. */
  Matrix sum(Parameters parameters, String stem, NDArray base) {
    return new LowRankSum(
        new PlainMatrix(base, parameters),
        parameters.get(stem + A),
        parameters.get(stem + B),
        scale(),
        dropout);
  }

  /** The sum. */
  private record LowRankSum(PlainMatrix base, NDArray a, NDArray b, double scale, double dropout)
      implements Matrix {

    @Override
    public NDArray weight() {
      try (NDArray factor = base.stored().getManager().create((float) scale);
          NDArray product = b.matMul(a);
          NDArray added = product.mul(factor)) {
        return base.with(added::add);
      }
    }

    @Override
    public Object operand(Mode mode) {
      return new TunedOperand(List.of(base.stored(), a, b), scale, mode.dropout(dropout));
    }
  }
}
