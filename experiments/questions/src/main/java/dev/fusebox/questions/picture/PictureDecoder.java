package dev.fusebox.questions.picture;

import dev.fusebox.file.RegularFile;
import dev.fusebox.file.UserError;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads a picture file: png, jpg and what else Java knows, whatever the file is called. Its size is
 * looked at before its pixels are, since a small file can announce a large picture.
 */
final class PictureDecoder {

  private static final int LONGEST_SIDE = 0xffff;
  private static final long MOST_PIXELS = 40_000_000; // 320 MB at 16 bits of four colors

  private PictureDecoder() {}

  /**
   * The pixels of a file.
   *
   * @param questionId whose picture it is, for messages
   * @throws UserError if the file is no picture, or too large a one
   */
  static BufferedImage read(String questionId, Path file) {
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(RegularFile.require(file).toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IIOException("neither png nor jpg");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return read(reader, stream);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "%s: the picture of problem %s cannot be read: %s"
              .formatted(
                  file, questionId, e.getMessage() == null ? "it is damaged" : e.getMessage()),
          e);
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream stream)
      throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (Math.max(width, height) > LONGEST_SIDE || width * height > MOST_PIXELS) {
      throw new IIOException(
          String.format(
              Locale.ROOT,
              "it has %,d × %,d pixels; at most %,d on a side and %,d in all are read",
              width,
              height,
              LONGEST_SIDE,
              MOST_PIXELS));
    }
    if (reader.getFormatName().equalsIgnoreCase("jpeg")) {
      JpegColors colors = JpegColors.of(stream);
      return colors.components() == 4 ? colors.toRgb(reader.readRaster(0, null)) : reader.read(0);
    }
    BufferedImage picture = reader.read(0);
    return isGrayWithAlpha(picture) ? withoutGamma(picture) : picture;
  }

  private static boolean isGrayWithAlpha(BufferedImage picture) {
    ColorModel colors = picture.getColorModel();
    return colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY && colors.hasAlpha();
  }

  /** Java takes such grays for linear light, and no other ones, and would brighten them. */
  private static BufferedImage withoutGamma(BufferedImage picture) {
    Raster raster = picture.getRaster();
    int bits = picture.getColorModel().getComponentSize(0);
    BufferedImage result =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_ARGB);
    int[] pixel = new int[2];
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        raster.getPixel(x, y, pixel);
        int gray = pixel[0] * 255 / ((1 << bits) - 1);
        int alpha = pixel[1] * 255 / ((1 << bits) - 1);
        result.setRGB(x, y, alpha << 24 | gray << 16 | gray << 8 | gray);
      }
    }
    return result;
  }
}
