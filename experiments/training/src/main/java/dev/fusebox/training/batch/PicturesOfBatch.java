package dev.fusebox.training.batch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.questions.picture.PictureFeatures;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The vectors of the pictures of a batch, side by side, cut to the largest picture among them.
 *
 * @param features rows × patches × width, row-major
 * @param mask rows × patches, 1 for a vector
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to native memory; nobody writes into them
public record PicturesOfBatch(float[] features, float[] mask, int rows, int patches, int width) {

  static PicturesOfBatch read(PictureFeatures source, List<String> questionIds) {
    int rows = questionIds.size();
    int room = source.patches() * source.width();
    float[] all = new float[rows * room];
    int[] counts = new int[rows];
    for (int row = 0; row < rows; row++) {
      FloatBuffer into = FloatBuffer.wrap(all, row * room, room);
      counts[row] = source.read(questionIds.get(row), into);
    }
    int patches = Math.max(1, Arrays.stream(counts).max().orElseThrow());
    return new PicturesOfBatch(
        cut(all, rows, room, patches * source.width()),
        mask(counts, patches),
        rows,
        patches,
        source.width());
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

  public VisionFeatures place(NDManager manager) {
    return VisionFeatures.ofOnePicture(
        manager.create(features, new Shape(rows, patches, width)),
        manager.create(mask, new Shape(rows, patches)));
  }
}
