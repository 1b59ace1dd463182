package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One picture for whatever question is asked, or none.
 *
 * @param patches P
 * @param width V
 * @param vectors at most P × V numbers, whole vectors; none where there is no picture
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way into a tensor
public record GivenPicture(int patches, int width, float[] vectors, Optional<PictureGrid> grid)
    implements PictureFeatures {

  public GivenPicture {
    if (vectors.length % width != 0 || vectors.length > patches * width) {
      throw new IllegalArgumentException(
          "a picture must be at most %d vectors of %d numbers, found %d numbers"
              .formatted(patches, width, vectors.length));
    }
  }

  /** No picture, where there might have been one of {@code source}. */
  public static GivenPicture none(PictureFeatures source) {
    return new GivenPicture(source.patches(), source.width(), new float[0], source.grid());
  }

  /** What {@code source} shows for a question; nothing if that has no picture. */
  public static GivenPicture of(PictureFeatures source, String questionId) {
    return of(source, vectors(source, questionId));
  }

  /** Other vectors where there might have been those of {@code source}. */
  public static GivenPicture of(PictureFeatures source, float[] vectors) {
    return new GivenPicture(source.patches(), source.width(), vectors, source.grid());
  }

  private static float[] vectors(PictureFeatures source, String questionId) {
    float[] all = new float[source.patches() * source.width()];
    int written = source.read(questionId, FloatBuffer.wrap(all));
    return Arrays.copyOf(all, written * source.width());
  }

  /**
   * The vectors of a picture that is cut into its own pixels, P × V.
   *
   * @throws dev.fusebox.file.UserError if the file is no picture
   */
  public static float[] cut(PatchSettings settings, Path picture) {
    byte[] bytes = new PatchCutter(settings).cut(picture);
    float[] vectors = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      vectors[i] = PatchPictures.number(Byte.toUnsignedInt(bytes[i]));
    }
    return vectors;
  }

  /** The same with zeros for its numbers, as a control shows it. */
  public GivenPicture blind() {
    return new GivenPicture(patches, width, new float[vectors.length], grid);
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    into.put(vectors);
    return vectors.length / width;
  }
}
