package dev.fusebox.vision.picture;

/**
 * What each pixel of a resized row is made of, as Pillow's {@code precompute_coeffs} and {@code
 * normalize_coeffs_8bpc} (Resample.c): the filter widens where a picture shrinks, and its values
 * become whole numbers of 22 binary places.
 *
 * @param first the first pixel that counts, for each new pixel
 * @param values how much each counts from there on, for each new pixel
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Weights(int[] first, int[][] values) {

  static final int PLACES = 32 - 8 - 2;

  static Weights of(int from, int to, Resampling filter) {
    int[] first = new int[to];
    int[][] values = new int[to][];
    double scale = (double) from / to;
    double widening = Math.max(1, scale);
    double reach = filter.support() * widening;
    for (int i = 0; i < to; i++) {
      double center = (i + 0.5) * scale;
      first[i] = Math.max(0, (int) (center - reach + 0.5));
      int end = Math.min(from, (int) (center + reach + 0.5));
      double[] exact = new double[end - first[i]];
      for (int k = 0; k < exact.length; k++) {
        exact[k] = filter.at((k + first[i] - center + 0.5) * (1 / widening));
      }
      values[i] = whole(exact);
    }
    return new Weights(first, values);
  }

  private static int[] whole(double[] exact) {
    double sum = 0;
    for (double value : exact) {
      sum += value;
    }
    int[] whole = new int[exact.length];
    for (int k = 0; k < whole.length; k++) {
      double share = sum == 0 ? exact[k] : exact[k] / sum;
      whole[k] = (int) (share * (1 << PLACES) + (share < 0 ? -0.5 : 0.5));
    }
    return whole;
  }
}
