package dev.fusebox.ask.page;

import dev.fusebox.picture.Picture;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.ImageIO;

/**
 * A picture as a browser gets it: decoded and written anew, so that whatever else its file holds
 * stays here, and a file that is no picture is never given away. One is decoded at a time, whoever
 * asks: a small file can hold many pixels.
 */
final class PngPicture {

  /** Held by whoever decodes. */
  static final Lock DECODING = new ReentrantLock();

  private static final int LONGEST = 640; // pixels; the page shows it smaller

  private PngPicture() {}

  /** Reads a picture that has no more pixels than so many. */
  static Picture read(Path file, long mostPixels) throws IOException {
    DECODING.lock();
    try {
      return PictureReader.read(file, Transparency.OVER_WHITE, mostPixels);
    } finally {
      DECODING.unlock();
    }
  }

  static byte[] of(Path file) throws IOException {
    DECODING.lock();
    try {
      return png(read(file, Long.MAX_VALUE));
    } finally {
      DECODING.unlock();
    }
  }

  private static byte[] png(Picture picture) throws IOException {
    int step = 1 + (Math.max(picture.width(), picture.height()) - 1) / LONGEST;
    int width = Math.max(1, picture.width() / step);
    int height = Math.max(1, picture.height() / step);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, mean(picture, x * step, y * step, step));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static int mean(Picture picture, int left, int top, int step) {
    int rgb = 0;
    int right = Math.min(left + step, picture.width());
    int bottom = Math.min(top + step, picture.height());
    for (int color = 0; color < Picture.COLORS; color++) {
      int sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += picture.at(x, y, color);
        }
      }
      rgb = (rgb << 8) | (sum / ((right - left) * (bottom - top)));
    }
    return rgb;
  }
}
