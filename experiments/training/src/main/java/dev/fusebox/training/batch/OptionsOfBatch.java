package dev.fusebox.training.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.t5.PackedTexts;
import dev.fusebox.t5.T5Config;
import java.util.Arrays;
import java.util.List;

/**
 * The options of the questions of a batch, those of a question one after the other in its row, so
 * that the question is read once for all of them.
 *
 * @param inputs rows × length: what the decoder reads, a start mark before each option
 * @param labels rows × length: the options; {@link Batch#NOT_COUNTED} for padding
 * @param texts rows × length: the option's number, counted over the batch; {@code count} for
 *     padding
 * @param table rows × most: the numbers of a question's options; {@code count} where it has fewer
 * @param right the index of the right option of each question
 * @param length of a row
 * @param most options of a question
 * @param count of all options
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to native memory; nobody writes into them
public record OptionsOfBatch(
    long[] inputs,
    long[] labels,
    long[] texts,
    long[] table,
    long[] right,
    int length,
    int most,
    int count) {

  static OptionsOfBatch of(List<Example.Options> options, T5Config config) {
    int rows = options.size();
    int length = options.stream().mapToInt(OptionsOfBatch::tokens).max().orElseThrow();
    int most = options.stream().mapToInt(each -> each.texts().size()).max().orElseThrow();
    int count = options.stream().mapToInt(each -> each.texts().size()).sum();
    OptionsOfBatch batch =
        new OptionsOfBatch(
            filled(rows * length, config.padId()),
            filled(rows * length, Batch.NOT_COUNTED),
            filled(rows * length, count),
            filled(rows * most, count),
            options.stream().mapToLong(Example.Options::right).toArray(),
            length,
            most,
            count);
    int number = 0;
    for (int row = 0; row < rows; row++) {
      number = batch.lay(options.get(row).texts(), row, number, config.startId());
    }
    return batch;
  }

  private static int tokens(Example.Options options) {
    return options.texts().stream().mapToInt(text -> text.length).sum();
  }

  private static long[] filled(int length, long value) {
    long[] array = new long[length];
    Arrays.fill(array, value);
    return array;
  }

  /** Lays the options of a question into its row, the first with that number. */
  private int lay(List<int[]> options, int row, int first, long start) {
    int at = row * length;
    int number = first;
    for (int[] option : options) {
      for (int i = 0; i < option.length; i++) {
        inputs[at] = i == 0 ? start : option[i - 1];
        labels[at] = option[i];
        texts[at] = number;
        at++;
      }
      table[row * most + number - first] = number;
      number++;
    }
    return number;
  }

  /** How many questions there are. */
  public int rows() {
    return right.length;
  }

  /** How many options a question has. */
  public int options(int row) {
    return (int)
        Arrays.stream(table, row * most, (row + 1) * most).filter(number -> number < count).count();
  }

  /** How many tokens the options have together. */
  int tokens() {
    return (int) Arrays.stream(labels).filter(label -> label != Batch.NOT_COUNTED).count();
  }

  public PackedTexts place(NDManager manager) {
    Shape shape = new Shape(rows(), length);
    return new PackedTexts(
        manager.create(inputs, shape),
        manager.create(labels, shape),
        manager.create(texts, shape),
        manager.create(table, new Shape(rows(), most)),
        count);
  }

  /** int64 (rows): the right options, as labels. */
  public NDArray right(NDManager manager) {
    return manager.create(right);
  }
}
