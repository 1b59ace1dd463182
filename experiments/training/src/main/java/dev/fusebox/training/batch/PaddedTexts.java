package dev.fusebox.training.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Token ids side by side, filled up to one length.
 *
 * @param ids rows × length, row-major
 * @param mask 1 for a token, 0 for padding
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to native memory; nobody writes into them
public record PaddedTexts(long[] ids, float[] mask, int rows, int length) {

  /** At least one text, filled up to the longest; an empty one becomes a row of padding. */
  static PaddedTexts of(List<int[]> texts, long padding) {
    return of(texts, padding, Math.max(1, longest(texts)));
  }

  /** The same, filled up to {@code length} tokens, which no text may exceed. */
  static PaddedTexts of(List<int[]> texts, long padding, int length) {
    if (longest(texts) > length) {
      throw new IllegalArgumentException(
          "texts must have at most " + length + " tokens, found one of " + longest(texts));
    }
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

  private static int longest(List<int[]> texts) {
    return texts.stream().mapToInt(text -> text.length).max().orElseThrow();
  }

  /**
   * What a decoder reads to write these: each row one place later, behind {@code start}. As in
   * transformers' {@code _shift_right}, what a row ends with is read where there is room for it,
   * and {@code padding} stands for what is not counted.
   */
  PaddedTexts shifted(long start, long padding) {
    long[] later = new long[ids.length];
    float[] read = new float[ids.length];
    for (int at = 0; at < ids.length; at++) {
      boolean first = at % length == 0;
      later[at] = first ? start : ids[at - 1] == Batch.NOT_COUNTED ? padding : ids[at - 1];
      read[at] = first ? 1 : mask[at - 1];
    }
    return new PaddedTexts(later, read, rows, length);
  }

  Shape shape() {
    return new Shape(rows, length);
  }

  /** int64 (rows, length). */
  public NDArray ids(NDManager manager) {
    return manager.create(ids, shape());
  }

  /** (rows, length), 1 = counts. */
  public NDArray mask(NDManager manager) {
    return manager.create(mask, shape());
  }
}
