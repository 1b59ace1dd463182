package dev.fusebox.experiments.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Token ids side by side, filled up to the longest text.
 *
 * @param ids rows × length, row-major
 * @param mask 1 for a token, 0 for padding
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to native memory; nobody writes into them
record PaddedTexts(long[] ids, float[] mask, int rows, int length) {

  /** At least one text; an empty one becomes a row of padding. */
  static PaddedTexts of(List<int[]> texts, long padding) {
    int length = Math.max(1, texts.stream().mapToInt(text -> text.length).max().orElseThrow());
    long[] ids = new long[texts.size() * length];
    float[] mask = new float[ids.length];
    for (int row = 0; row < texts.size(); row++) {
      int[] text = texts.get(row);
      for (int i = 0; i < length; i++) {
        int at = row * length + i;
        ids[at] = i < text.length ? text[i] : padding;
        mask[at] = i < text.length ? 1 : 0;
      }
    }
    return new PaddedTexts(ids, mask, texts.size(), length);
  }

  Shape shape() {
    return new Shape(rows, length);
  }

  /** int64 (rows, length). */
  NDArray ids(NDManager manager) {
    return manager.create(ids, shape());
  }

  /** (rows, length), 1 = counts. */
  NDArray mask(NDManager manager) {
    return manager.create(mask, shape());
  }
}
