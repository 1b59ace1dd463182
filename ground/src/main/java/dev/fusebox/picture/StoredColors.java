package dev.fusebox.picture;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * The stored numbers of a decoded picture, whatever color profile lies beside them or Java thinks
 * of them: it takes grays with alpha for linear light, and no other ones.
 */
final class StoredColors {

  private static final int BYTE = 8; // bits

  private final Raster raster;
  private final Transparency transparency;
  private final Picture picture;

  private StoredColors(Raster raster, Transparency transparency) {
    this.raster = raster;
    this.transparency = transparency;
    this.picture = Picture.black(raster.getWidth(), raster.getHeight());
  }

  static Picture of(BufferedImage image, Transparency transparency) {
    StoredColors colors = new StoredColors(image.getRaster(), transparency);
    if (image.getColorModel() instanceof IndexColorModel palette) {
      colors.lookUp(palette);
    } else {
      colors.copy();
    }
    return colors.picture;
  }

  private void lookUp(IndexColorModel palette) {
    int[] indices = new int[picture.width()];
    for (int y = 0, next = 0; y < picture.height(); y++) {
      samples(y, 0, indices);
      for (int index : indices) {
        int alpha = palette.getAlpha(index);
        next = put(next, palette.getRed(index), alpha);
        next = put(next, palette.getGreen(index), alpha);
        next = put(next, palette.getBlue(index), alpha);
      }
    }
  }

  /**
   * One or two bands are gray, three or four are red, green and blue; the last even one is alpha.
   */
  private void copy() {
    int bands = raster.getNumBands();
    int[][] rows = new int[bands][picture.width()];
    int green = bands < Picture.COLORS ? 0 : 1;
    for (int y = 0, next = 0; y < picture.height(); y++) {
      for (int band = 0; band < bands; band++) {
        samples(y, band, rows[band]);
        toBytes(rows[band], raster.getSampleModel(), band);
      }
      for (int x = 0; x < picture.width(); x++) {
        int alpha = bands % 2 == 0 ? rows[bands - 1][x] : Transparency.FULL;
        next = put(next, rows[0][x], alpha);
        next = put(next, rows[green][x], alpha);
        next = put(next, rows[2 * green][x], alpha);
      }
    }
  }

  private void samples(int y, int band, int[] row) {
    raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, band, row);
  }

  /** The upper eight of more bits; fewer are spread over all of a byte. */
  private static void toBytes(int[] row, SampleModel model, int band) {
    int bits = model.getSampleSize(band);
    if (bits > BYTE) {
      for (int x = 0; x < row.length; x++) {
        row[x] >>= bits - BYTE;
      }
    } else if (bits < BYTE) {
      for (int x = 0; x < row.length; x++) {
        row[x] = row[x] * Transparency.FULL / ((1 << bits) - 1);
      }
    }
  }

  private int put(int next, int color, int alpha) {
    picture.bytes()[next] = (byte) transparency.seen(color, alpha);
    return next + 1;
  }
}
