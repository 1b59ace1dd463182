package dev.fusebox.results.similarity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Texts of a batch as token ids, filled up to the longest. No text is empty: each has its marks.
 */
record TextBatch(List<int[]> texts) {

  private int length() {
    return texts.stream().mapToInt(text -> text.length).max().orElseThrow();
  }

  private Shape shape() {
    return new Shape(texts.size(), length());
  }

  /** int64 (B, T); what fills up is id 0, which the mask hides. */
  NDArray ids(NDManager manager) {
    int length = length();
    long[] ids = new long[texts.size() * length];
    for (int row = 0; row < texts.size(); row++) {
      for (int i = 0; i < texts.get(row).length; i++) {
        ids[row * length + i] = texts.get(row)[i];
      }
    }
    return manager.create(ids, shape());
  }

  /** (B, T), 1 = counts. */
  NDArray mask(NDManager manager) {
    float[] mask = new float[texts.size() * length()];
    for (int row = 0; row < texts.size(); row++) {
      int start = row * length();
      Arrays.fill(mask, start, start + texts.get(row).length, 1);
    }
    return manager.create(mask, shape());
  }
}
