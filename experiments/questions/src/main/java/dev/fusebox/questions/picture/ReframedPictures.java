package dev.fusebox.questions.picture;

import dev.fusebox.file.UserError;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Pictures in another frame. No number is made up: each is one that the picture has elsewhere.
 *
 * @param layout of each: how its numbers lie over it
 */
public record ReframedPictures(
    PictureFeatures pictures, PictureRaster layout, PictureFraming framing) implements PictureView {

  /**
   * The same in another frame.
   *
   * @throws UserError if their vectors lie nowhere over the picture
   */
  public static ReframedPictures of(PictureFeatures pictures, PictureFraming framing) {
    return new ReframedPictures(
        pictures,
        pictures
            .raster()
            .orElseThrow(
                () ->
                    new UserError(
                        "%d vectors of %d numbers lie in no square over their picture, so that it cannot be shifted or cropped; leave shifted-picture and cropped-picture out of test.change"
                            .formatted(pictures.patches(), pictures.width()))),
        framing);
  }

  @Override
  public Optional<PictureGrid> grid() {
    return pictures.grid();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    int start = into.position();
    int vectors = pictures.read(questionId, into);
    float[] before = new float[into.position() - start];
    into.get(start, before);
    PictureFraming.Window window = framing.window(layout, questionId);
    for (int from = 0; from < before.length; from += layout.length()) {
      reframe(window, before, from, into, start + from);
    }
    return vectors;
  }

  private void reframe(
      PictureFraming.Window window, float[] before, int from, FloatBuffer into, int to) {
    for (int row = 0; row < layout.rows(); row++) {
      for (int column = 0; column < layout.columns(); column++) {
        int seenRow = window.row(row, layout);
        int seenColumn = window.column(column, layout);
        for (int number = 0; number < layout.numbers(); number++) {
          into.put(
              to + layout.places().of(row, column, number),
              before[from + layout.places().of(seenRow, seenColumn, number)]);
        }
      }
    }
  }
}
