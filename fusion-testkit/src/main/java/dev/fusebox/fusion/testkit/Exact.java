package dev.fusebox.fusion.testkit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Tensor maths in plain double precision, row by row, to check a fusion's formula against. Matrices
 * are {@code [rows][columns]}; weights are in torch's layout, (out, in).
 *
 * @since 0.1
 */
public final class Exact {

  private static final int TERMS_OF_ERF = 200;

  private Exact() {}

  /** The values of a one-dimensional array. */
  public static double[] vector(NDArray array) {
    float[] numbers = array.toFloatArray();
    double[] result = new double[numbers.length];
    Arrays.setAll(result, i -> numbers[i]);
    return result;
  }

  /** The values of an array as a matrix, with its last axis as columns. */
  public static double[][] matrix(NDArray array) {
    double[] all = vector(array);
    int columns = (int) array.getShape().get(array.getShape().dimension() - 1);
    double[][] result = new double[all.length / columns][];
    Arrays.setAll(result, row -> Arrays.copyOfRange(all, row * columns, (row + 1) * columns));
    return result;
  }

  /** {@code x · weightᵀ + bias}. */
  public static double[][] linear(double[][] x, double[][] weight, double[] bias) {
    double[][] result = new double[x.length][weight.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < weight.length; j++) {
        result[i][j] = bias[j] + dot(x[i], weight[j]);
      }
    }
    return result;
  }

  /** The dot product. */
  public static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /** Each row with mean 0 and variance 1, times {@code weight}, plus {@code bias}. */
  public static double[][] layerNorm(double[][] x, double[] weight, double[] bias, double epsilon) {
    double[][] result = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      double[] row = x[i];
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance =
          Arrays.stream(row).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      result[i] = new double[row.length];
      Arrays.setAll(
          result[i], j -> (row[j] - mean) / Math.sqrt(variance + epsilon) * weight[j] + bias[j]);
    }
    return result;
  }

  /**
   * Multi-head attention, scaled by the square root of the head width; rows that see nothing get
   * zeros.
   *
   * @param counts of each key, whether it is visible
   */
  public static double[][] attention(
      double[][] query, double[][] key, double[][] value, double[] counts, int heads) {
    int width = query[0].length / heads;
    double[][] result = new double[query.length][query[0].length];
    for (int i = 0; i < query.length; i++) {
      for (int head = 0; head < heads; head++) {
        double[] weights = new double[key.length];
        double sum = 0;
        for (int j = 0; j < key.length; j++) {
          double score = 0;
          for (int k = head * width; k < (head + 1) * width; k++) {
            score += query[i][k] * key[j][k];
          }
          weights[j] = counts[j] == 0 ? 0 : Math.exp(score / Math.sqrt(width));
          sum += weights[j];
        }
        for (int k = head * width; sum > 0 && k < (head + 1) * width; k++) {
          for (int j = 0; j < key.length; j++) {
            result[i][k] += weights[j] / sum * value[j][k];
          }
        }
      }
    }
    return result;
  }

  /** Element-wise. */
  public static double[][] map(double[][] x, DoubleUnaryOperator function) {
    return Arrays.stream(x)
        .map(row -> Arrays.stream(row).map(function).toArray())
        .toArray(double[][]::new);
  }

  /** The sum of two matrices of the same shape. */
  public static double[][] plus(double[][] one, double[][] other) {
    double[][] result = new double[one.length][one[0].length];
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < one[0].length; j++) {
        result[i][j] = one[i][j] + other[i][j];
      }
    }
    return result;
  }

  /** The mean of the rows that count. */
  public static double[] mean(double[][] x, double[] counts) {
    double[] result = new double[x[0].length];
    double all = Arrays.stream(counts).sum();
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j] += counts[i] / all * x[i][j];
      }
    }
    return result;
  }

  /** {@code x Φ(x)}. */
  public static double gelu(double x) {
    return x * (1 + erf(x / Math.sqrt(2))) / 2;
  }

  /** By its series, which is exact enough for the small numbers of tests. */
  private static double erf(double x) {
    if (Math.abs(x) > 5) {
      return Math.signum(x);
    }
    double power = x;
    double sum = 0;
    for (int n = 0; n < TERMS_OF_ERF; n++) {
      sum += power / (2 * n + 1);
      power *= -x * x / (n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** All values, row by row. */
  public static float[] floats(double[][] x) {
    double[] all = Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
    float[] result = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      result[i] = (float) all[i];
    }
    return result;
  }
}
