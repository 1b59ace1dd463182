package dev.fusebox.vision.picture;

import dev.fusebox.picture.Picture;
import java.util.Arrays;

/**
 * Resizes pictures to the byte as Pillow: in one direction, then in the other, with bytes between
 * the two. Which comes first shows: bytes are rounded and clipped in between.
 */
final class Resizing {

  private static final int HALF = 1 << (Weights.PLACES - 1);

  private Resizing() {}

  static Picture to(int width, int height, Resampling filter, Picture picture) {
    if (filter == Resampling.NEAREST) {
      return nearest(width, height, picture);
    }
    return downFirst(width, height, picture)
        ? across(width, filter, down(height, filter, picture))
        : down(height, filter, across(width, filter, picture));
  }

  /** Pillow 13: where more than twice as many rows go as columns; before, never. */
  private static boolean downFirst(int width, int height, Picture picture) {
    int rows = picture.height() - height;
    return rows > 0 && rows > 2 * (picture.width() - width);
  }

  private static Picture across(int width, Resampling filter, Picture picture) {
    if (width == picture.width()) {
      return picture;
    }
    Weights weights = Weights.of(picture.width(), width, filter);
    Picture result = Picture.black(width, picture.height());
    for (int y = 0; y < picture.height(); y++) {
      int row = Picture.COLORS * y * picture.width();
      int next = Picture.COLORS * y * width;
      for (int x = 0; x < width; x++, next += Picture.COLORS) {
        int from = row + Picture.COLORS * weights.first()[x];
        mix(picture.bytes(), from, weights.values()[x], result.bytes(), next);
      }
    }
    return result;
  }

  private static void mix(byte[] from, int start, int[] weights, byte[] to, int place) {
    int red = HALF;
    int green = HALF;
    int blue = HALF;
    int next = start;
    for (int weight : weights) {
      red += (from[next] & 0xFF) * weight;
      green += (from[next + 1] & 0xFF) * weight;
      blue += (from[next + 2] & 0xFF) * weight;
      next += Picture.COLORS;
    }
    to[place] = clipped(red);
    to[place + 1] = clipped(green);
    to[place + 2] = clipped(blue);
  }

  private static Picture down(int height, Resampling filter, Picture picture) {
    if (height == picture.height()) {
      return picture;
    }
    Weights weights = Weights.of(picture.height(), height, filter);
    Picture result = Picture.black(picture.width(), height);
    int length = Picture.COLORS * picture.width();
    int[] sums = new int[length];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      int row = length * weights.first()[y];
      for (int weight : weights.values()[y]) {
        for (int i = 0; i < length; i++) {
          sums[i] += (picture.bytes()[row + i] & 0xFF) * weight;
        }
        row += length;
      }
      for (int i = 0; i < length; i++) {
        result.bytes()[y * length + i] = clipped(sums[i]);
      }
    }
    return result;
  }

  private static byte clipped(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> Weights.PLACES));
  }

  private static Picture nearest(int width, int height, Picture picture) {
    int[] columns = nearest(width, picture.width());
    int[] rows = nearest(height, picture.height());
    Picture result = Picture.black(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = Picture.COLORS * (rows[y] * picture.width() + columns[x]);
        int to = Picture.COLORS * (y * width + x);
        System.arraycopy(picture.bytes(), from, result.bytes(), to, Picture.COLORS);
      }
    }
    return result;
  }

  /** Added up step by step, as Pillow does: a product would round otherwise. */
  private static int[] nearest(int to, int from) {
    int[] places = new int[to];
    double step = (double) from / to;
    double place = step * 0.5;
    for (int i = 0; i < to; i++) {
      places[i] = Math.min(from - 1, (int) place);
      place += step;
    }
    return places;
  }
}
