package dev.fusebox.questions.picture;

import java.util.SplittableRandom;

/** Another way to frame a picture, of which nearly everything stays to be seen. */
public enum PictureFraming {
  /**
   * Moved by a patch, up, down, to the left or to the right, which is drawn from the question's id
   * alone; what comes in is the edge once more.
   */
  SHIFTED {
    @Override
    Window window(PictureRaster raster, String id) {
      int direction = new SplittableRandom(id.hashCode()).nextInt(4);
      int step = direction % 2 == 0 ? raster.patch() : -raster.patch();
      return new Window(
          direction < 2 ? step : 0, direction < 2 ? 0 : step, raster.rows(), raster.columns());
    }
  },
  /** Without the outermost patches; the middle is enlarged to fill the picture. */
  CROPPED {
    @Override
    Window window(PictureRaster raster, String id) {
      int lost = 2 * raster.patch();
      return new Window(
          raster.patch(),
          raster.patch(),
          Math.max(1, raster.rows() - lost),
          Math.max(1, raster.columns() - lost));
    }
  };

  /**
   * What of a picture is seen, in its cells; what lies outside is what lies nearest to it.
   *
   * @param top of the window; below 0 it begins above the picture
   * @param left of the window
   */
  record Window(int top, int left, int height, int width) {

    /** The row that is seen in a row of the picture. */
    int row(int row, PictureRaster raster) {
      return nearest(top, height, row, raster.rows());
    }

    /** The column that is seen in a column of the picture. */
    int column(int column, PictureRaster raster) {
      return nearest(left, width, column, raster.columns());
    }

    private static int nearest(int start, int size, int cell, int cells) {
      int seen = start + Math.floorDiv((2 * cell + 1) * size, 2 * cells);
      return Math.max(0, Math.min(cells - 1, seen));
    }
  }

  /** What is seen of the picture of a question. */
  abstract Window window(PictureRaster raster, String id);
}
