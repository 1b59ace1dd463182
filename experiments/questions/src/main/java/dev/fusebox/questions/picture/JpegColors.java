package dev.fusebox.questions.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStream;

/**
 * The colors of a JPEG, as its markers say. Java reads one or three of them right; four (CMYK, and
 * YCCK as Adobe stores it) are turned into red, green and blue here, as libjpeg and Pillow do: the
 * inks stand inverted in the file, and there is no color profile.
 *
 * @param components how many numbers a pixel has
 * @param transformed whether Adobe's marker says that the first three are luma and chroma
 */
record JpegColors(int components, boolean transformed) {

  private static final int ADOBE = 0xee;
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final int SCAN = 0xda;
  private static final int ADOBE_LENGTH = 12;

  /** Reads the markers; the stream stays where it is. */
  static JpegColors of(ImageInputStream stream) throws IOException {
    stream.mark();
    try {
      stream.seek(0);
      return markers(stream);
    } finally {
      stream.reset();
    }
  }

  private static JpegColors markers(ImageInputStream stream) throws IOException {
    boolean transformed = false;
    stream.skipBytes(2);
    while (true) {
      int marker = marker(stream);
      long end = stream.getStreamPosition() + stream.readUnsignedShort();
      if (marker == ADOBE && end - stream.getStreamPosition() >= ADOBE_LENGTH) {
        transformed = isTransformed(stream);
      } else if (isFrame(marker)) {
        stream.skipBytes(5); // bits, height, width
        return new JpegColors(stream.readUnsignedByte(), transformed);
      } else if (marker == SCAN) {
        throw new IIOException("it has no frame before its first scan");
      }
      stream.seek(Math.max(end, stream.getStreamPosition()));
    }
  }

  private static int marker(ImageInputStream stream) throws IOException {
    int next = stream.readUnsignedByte();
    while (next != 0xff) {
      next = stream.readUnsignedByte();
    }
    while (next == 0xff) {
      next = stream.readUnsignedByte();
    }
    return next;
  }

  /** {@code Adobe}, two bytes of version, four of flags, the transform: 2 is YCCK. */
  private static boolean isTransformed(ImageInputStream stream) throws IOException {
    byte[] name = new byte[ADOBE_LENGTH];
    stream.readFully(name);
    return new String(name, 0, 5, java.nio.charset.StandardCharsets.US_ASCII).equals("Adobe")
        && name[ADOBE_LENGTH - 1] != 0;
  }

  /** SOF0 to SOF15 but the tables DHT, JPG and DAC. */
  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != 0xc4
        && marker != 0xc8
        && marker != 0xcc;
  }

  /** The picture of four numbers per pixel. */
  BufferedImage toRgb(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixel = new int[4];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(
            x, y, rgb(raster.getPixel(x + raster.getMinX(), y + raster.getMinY(), pixel)));
      }
    }
    return picture;
  }

  private int rgb(int[] pixel) {
    int black = pixel[3];
    if (!transformed) {
      return color(pixel[0], pixel[1], pixel[2], black);
    }
    double blueness = pixel[1] - 128;
    double redness = pixel[2] - 128;
    return color(
        255 - clamp(pixel[0] + 1.402 * redness),
        255 - clamp(pixel[0] - 0.344136286 * blueness - 0.714136286 * redness),
        255 - clamp(pixel[0] + 1.772 * blueness),
        black);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Of inverted inks: each is how much of its light is left. */
  private static int color(int red, int green, int blue, int black) {
    return left(red, black) << 16 | left(green, black) << 8 | left(blue, black);
  }

  /** Pillow's rounding: black less the part of it that the ink takes. */
  private static int left(int light, int black) {
    int taken = (255 - light) * black + 128;
    return black - (((taken >> 8) + taken) >> 8);
  }
}
