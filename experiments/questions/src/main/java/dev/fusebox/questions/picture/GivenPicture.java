package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One picture for whatever question is asked, or none.
 *
 * @param patches P
 * @param width V
 * @param vectors at most P × V numbers, whole vectors; none where there is no picture
 * @param shown the pictures that they belong to; empty where that is one
 * @param backbone that has to make vectors of them, where they are pixels
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way into a tensor
public record GivenPicture(
    int patches,
    int width,
    float[] vectors,
    List<PictureSpan> shown,
    Optional<PictureBackbone> backbone,
    Optional<PictureGrid> grid)
    implements PictureFeatures {

  public GivenPicture {
    shown = List.copyOf(shown);
    if (vectors.length % width != 0 || vectors.length > patches * width) {
      throw new IllegalArgumentException(
          "a picture must be at most %d vectors of %d numbers, found %d numbers"
              .formatted(patches, width, vectors.length));
    }
  }

  /** No picture, where there might have been one of {@code source}. */
  public static GivenPicture none(PictureFeatures source) {
    return of(source, new float[0]);
  }

  /** What {@code source} shows for a question; nothing if that has no picture. */
  public static GivenPicture of(PictureFeatures source, String questionId) {
    return new GivenPicture(
        source.patches(),
        source.width(),
        vectors(source, questionId),
        source.spans(questionId),
        source.backbone(),
        source.grid());
  }

  /** Other vectors where there might have been those of {@code source}. */
  public static GivenPicture of(PictureFeatures source, float[] vectors) {
    return new GivenPicture(
        source.patches(), source.width(), vectors, List.of(), source.backbone(), source.grid());
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

  /**
   * One picture's vectors of several sources, as {@code features = [detr, clip]} joins them.
   *
   * @param kinds the numbers of each, whole vectors
   * @param widths V of each
   */
  public static float[] joined(List<float[]> kinds, List<Integer> widths) {
    return JoinedPictures.join(kinds, widths);
  }

  /** The same with zeros for its numbers, as a control shows it. */
  public GivenPicture blind() {
    return new GivenPicture(patches, width, new float[vectors.length], shown, backbone, grid);
  }

  @Override
  public List<PictureSpan> spans(String questionId) {
    return shown;
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    into.put(vectors);
    return vectors.length / width;
  }
}
