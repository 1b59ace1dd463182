package dev.fusebox.t5;

/**
 * Distance to bucket (Raffel et al. 2020, section 2.1; Hugging Face's {@code
 * _relative_position_bucket}): near distances have a bucket each, far ones share buckets that grow
 * with the logarithm.
 *
 * @param buckets how many; a multiple of 4
 * @param maxDistance from here on all distances share the last bucket
 * @param bidirectional whether what comes later is told apart; else it falls into bucket 0
 */
record RelativePositions(int buckets, int maxDistance, boolean bidirectional) {

  /** The bucket of {@code distance} = key position minus query position. */
  int bucket(int distance) {
    int side = bidirectional ? buckets / 2 : buckets;
    int offset = bidirectional && distance > 0 ? side : 0;
    int far = bidirectional ? Math.abs(distance) : Math.max(-distance, 0);
    int exact = side / 2;
    return offset + (far < exact ? far : Math.min(logarithmic(far, exact, side), side - 1));
  }

  // In fp32, step by step as torch does it: at the edges of buckets the rounding decides.
  private int logarithmic(int far, int exact, int side) {
    float ratio =
        (float) Math.log((float) far / exact) / (float) Math.log((double) maxDistance / exact);
    return exact + (int) (ratio * (side - exact));
  }

  /** The buckets of the distances {@code from} to {@code to}, both inclusive. */
  long[] buckets(int from, int to) {
    long[] result = new long[to - from + 1];
    for (int i = 0; i < result.length; i++) {
      result[i] = bucket(from + i);
    }
    return result;
  }
}
