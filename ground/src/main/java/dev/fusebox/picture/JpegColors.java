package dev.fusebox.picture;

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

  /** Components of a picture of inks: cyan, magenta, yellow, black. */
  static final int INKS = 4;

  private static final int FULL = 255;
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
  Picture picture(Raster raster) {
    Picture picture = Picture.black(raster.getWidth(), raster.getHeight());
    int[] inks = new int[INKS];
    for (int y = 0, next = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        raster.getPixel(raster.getMinX() + x, raster.getMinY() + y, inks);
        if (transformed) {
          toInks(inks);
        }
        for (int color = 0; color < Picture.COLORS; color++) {
          picture.bytes()[next++] = (byte) left(inks[color], inks[INKS - 1]);
        }
      }
    }
    return picture;
  }

  /**
   * As libjpeg turns YCCK into CMYK: {@code 255 - RGB(YCbCr)}, black as it is. Whether what is
   * stored is inverted is not looked at.
   */
  private static void toInks(int[] ycck) {
    double luma = ycck[0];
    double blueness = ycck[1] - 128;
    double redness = ycck[2] - 128;
    ycck[0] = FULL - clamp(luma + 1.402 * redness);
    ycck[1] = FULL - clamp(luma - 0.344136286 * blueness - 0.714136286 * redness);
    ycck[2] = FULL - clamp(luma + 1.772 * blueness);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(FULL, Math.round(value)));
  }

  /**
   * How much light an inverted ink leaves of what black leaves, rounded as Pillow's {@code
   * MULDIV255}.
   */
  private static int left(int light, int black) {
    int taken = (FULL - light) * black + 128;
    return black - (((taken >> 8) + taken) >> 8);
  }
}
