package dev.fusebox.results.leak;

import dev.fusebox.picture.Picture;
import java.util.BitSet;

/**
 * What is left of a picture when it is shrunk to 9 × 8: a difference hash of 64 bits, of which each
 * says whether gray rises from one cell to the next, and the colors themselves. The hash alone
 * takes two maps that differ in the color of one land for the same.
 *
 * @param rises row by row, 8 of 8
 * @param colors row by row, 9 × 8 × 3 means from 0 to 255
 */
@SuppressWarnings("ArrayRecordComponent") // compared by near()
record PictureSketch(BitSet rises, double[] colors) {

  /** So many of the 64 bits may differ. */
  static final int BITS = 4;

  /** So far may a mean of red, green or blue be from the other, of 255. */
  static final double COLOR = 24;

  private static final int COLUMNS = 9;
  private static final int ROWS = 8;

  /** A rise must be more than what rounding and compression make of an even surface. */
  private static final double RISE = 1;

  static PictureSketch of(Picture picture) {
    double[] colors = new double[COLUMNS * ROWS * Picture.COLORS];
    for (int cell = 0; cell < COLUMNS * ROWS; cell++) {
      for (int color = 0; color < Picture.COLORS; color++) {
        colors[cell * Picture.COLORS + color] =
            mean(picture, cell % COLUMNS, cell / COLUMNS, color);
      }
    }
    BitSet rises = new BitSet();
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x + 1 < COLUMNS; x++) {
        int cell = y * COLUMNS + x;
        rises.set(y * (COLUMNS - 1) + x, gray(colors, cell + 1) > gray(colors, cell) + RISE);
      }
    }
    return new PictureSketch(rises, colors);
  }

  private static double mean(Picture picture, int column, int row, int color) {
    int left = column * picture.width() / COLUMNS;
    int right = Math.max(left + 1, (column + 1) * picture.width() / COLUMNS);
    int top = row * picture.height() / ROWS;
    int bottom = Math.max(top + 1, (row + 1) * picture.height() / ROWS);
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += picture.at(x, y, color);
      }
    }
    return sum / ((right - left) * (bottom - top));
  }

  /** ITU-R BT.601's weights. */
  private static double gray(double[] colors, int cell) {
    int at = cell * Picture.COLORS;
    return 0.299 * colors[at] + 0.587 * colors[at + 1] + 0.114 * colors[at + 2];
  }

  /** How many bits of the hashes differ, 0 to 64. */
  int distance(PictureSketch other) {
    BitSet differing = (BitSet) rises.clone();
    differing.xor(other.rises);
    return differing.cardinality();
  }

  /** Whether both are the same picture, perhaps in another size or compression. */
  boolean near(PictureSketch other) {
    if (distance(other) > BITS) {
      return false;
    }
    for (int i = 0; i < colors.length; i++) {
      if (Math.abs(colors[i] - other.colors[i]) > COLOR) {
        return false;
      }
    }
    return true;
  }
}
