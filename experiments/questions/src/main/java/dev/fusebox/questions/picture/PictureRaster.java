package dev.fusebox.questions.picture;

import dev.fusebox.vision.picture.Preprocessing;

/**
 * Where the numbers of a picture lie over it: cells of a grid with as many numbers each, which are
 * vectors or pixels.
 *
 * @param rows Y, from the top
 * @param columns X, from the left
 * @param patch how many cells down and across make a patch
 * @param numbers of a cell
 * @param length of the whole picture; numbers that lie nowhere, such as ViT's first vector, among
 *     them
 * @param places which of the picture's numbers one of a cell is
 */
public record PictureRaster(
    int rows, int columns, int patch, int numbers, int length, Places places) {

  /** The index of a number in its picture. */
  @FunctionalInterface
  public interface Places {

    /** The index of one of a cell's numbers. */
    int of(int row, int column, int number);
  }

  /**
   * A cell for each vector of a grid.
   *
   * @param vectors of a picture, P; those that are more than the grid's lie before it
   * @param width of a vector, V
   */
  static PictureRaster vectors(PictureGrid grid, int vectors, int width) {
    int before = vectors - grid.rows() * grid.columns();
    return new PictureRaster(
        grid.rows(),
        grid.columns(),
        1,
        width,
        vectors * width,
        (row, column, number) -> (before + row * grid.columns() + column) * width + number);
  }

  /** A cell for each pixel of a picture that is cut into squares. */
  static PictureRaster patches(PatchSettings settings) {
    int side = settings.picture();
    int patch = settings.patch();
    int colors = 3;
    return new PictureRaster(
        side,
        side,
        patch,
        colors,
        colors * side * side,
        (row, column, color) ->
            colors
                    * (patch * patch * (row / patch * (side / patch) + column / patch)
                        + row % patch * patch
                        + column % patch)
                + color);
  }

  /** A cell for each pixel of (3, Y, X), a patch as large as one of a backbone's grid. */
  static PictureRaster pixels(Preprocessing pixels, PictureGrid grid) {
    int plane = pixels.height() * pixels.width();
    return new PictureRaster(
        pixels.height(),
        pixels.width(),
        Math.max(1, pixels.height() / grid.rows()),
        3,
        pixels.size(),
        (row, column, color) -> color * plane + row * pixels.width() + column);
  }
}
