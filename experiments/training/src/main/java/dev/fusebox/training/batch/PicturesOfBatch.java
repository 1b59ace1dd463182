package dev.fusebox.training.batch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.PictureName;
import dev.fusebox.questions.picture.PictureSpan;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The vectors of the pictures of a batch, side by side, cut to the most that a question among them
 * has.
 *
 * @param features rows × patches × width, row-major
 * @param mask rows × patches, 1 for a vector
 * @param frames rows × patches: which of the question's pictures a vector belongs to
 * @param places rows × patches: how many tokens of the text stand before that picture
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to native memory; nobody writes into them
public record PicturesOfBatch(
    float[] features,
    float[] mask,
    long[] frames,
    long[] places,
    int rows,
    int patches,
    int width) {

  static PicturesOfBatch read(PictureFeatures source, List<Example> examples) {
    int rows = examples.size();
    int room = source.patches() * source.width();
    float[] all = new float[rows * room];
    int[] counts = new int[rows];
    for (int row = 0; row < rows; row++) {
      FloatBuffer into = FloatBuffer.wrap(all, row * room, room);
      counts[row] = source.read(examples.get(row).id(), into);
    }
    int patches = Math.max(1, Arrays.stream(counts).max().orElseThrow());
    PicturesOfBatch batch =
        new PicturesOfBatch(
            cut(all, rows, room, patches * source.width()),
            mask(counts, patches),
            new long[rows * patches],
            new long[rows * patches],
            rows,
            patches,
            source.width());
    for (int row = 0; row < rows; row++) {
      Example example = examples.get(row);
      batch.tellApart(row * patches, source.spans(example.id()), example);
    }
    return batch;
  }

  /** Numbers the pictures of a question, and says where each stands. */
  private void tellApart(int start, List<PictureSpan> spans, Example example) {
    List<Shown> pictures = spans.stream().map(Shown::of).sorted().distinct().toList();
    int at = start;
    for (PictureSpan span : spans) {
      Arrays.fill(frames, at, at + span.vectors(), pictures.indexOf(Shown.of(span)));
      Arrays.fill(places, at, at + span.vectors(), place(span, example));
      at += span.vectors();
    }
  }

  private static int place(PictureSpan span, Example example) {
    OptionalInt option = span.picture().option();
    return span.place().orElse(option.isPresent() ? example.placeOf(option.getAsInt()) : 0);
  }

  /**
   * A picture among those of a question: the ones with a place of their own come first, in the
   * order of the text, then the others by their names.
   */
  private record Shown(int turn, PictureName picture) implements Comparable<Shown> {

    static Shown of(PictureSpan span) {
      return new Shown(span.place().orElse(Integer.MAX_VALUE), span.picture());
    }

    @Override
    public int compareTo(Shown other) {
      return turn == other.turn
          ? picture.compareTo(other.picture)
          : Integer.compare(turn, other.turn);
    }
  }

  private static float[] cut(float[] all, int rows, int from, int to) {
    if (from == to) {
      return all;
    }
    float[] result = new float[rows * to];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(all, row * from, result, row * to, to);
    }
    return result;
  }

  private static float[] mask(int[] counts, int patches) {
    float[] mask = new float[counts.length * patches];
    for (int row = 0; row < counts.length; row++) {
      Arrays.fill(mask, row * patches, row * patches + counts[row], 1);
    }
    return mask;
  }

  /**
   * The same as arrays.
   *
   * @param before how many vectors of the model's own stand before the text
   */
  public VisionFeatures place(NDManager manager, int before) {
    Shape shape = new Shape(rows, patches);
    long[] shifted = Arrays.stream(places).map(place -> place > 0 ? place + before : 0).toArray();
    return new VisionFeatures(
        manager.create(features, new Shape(rows, patches, width)),
        manager.create(mask, shape),
        manager.create(frames, shape),
        manager.create(shifted, shape));
  }
}
