package dev.fusebox.vision.picture;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A JPEG of four inks, cyan, magenta, yellow and black, which are stored upside down (255 = none),
 * as Adobe began it and Pillow takes all of them; by Adobe's transform 2 the first three are stored
 * as YCbCr.
 */
final class Inks {

  private static final String FORMAT = "javax_imageio_jpeg_image_1.0";
  private static final int YCCK = 2;
  private static final int FULL = 255;

  private Inks() {}

  /** How many components the picture has. */
  static int count(ImageReader reader) throws IOException {
    return number(reader, "sof", "numFrameComponents", 0);
  }

  static Picture read(ImageReader reader) throws IOException {
    boolean transformed = number(reader, "app14Adobe", "transform", 0) == YCCK;
    Raster raster = reader.readRaster(0, null);
    Picture picture = Picture.black(raster.getWidth(), raster.getHeight());
    int[] inks = new int[4];
    for (int y = 0, next = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++, next += Picture.COLORS) {
        raster.getPixel(raster.getMinX() + x, raster.getMinY() + y, inks);
        if (transformed) {
          toInks(inks);
        }
        for (int color = 0; color < Picture.COLORS; color++) {
          int light = inks[3]; // stored upside down: what black leaves of it
          picture.bytes()[next + color] = (byte) (light - product(FULL - inks[color], light));
        }
      }
    }
    return picture;
  }

  /**
   * As libjpeg turns YCCK into CMYK: {@code 255 - RGB(YCbCr)}, black as it is. Whether what is
   * stored is upside down is not looked at.
   */
  private static void toInks(int[] ycck) {
    double y = ycck[0];
    double blue = ycck[1] - 128.0;
    double red = ycck[2] - 128.0;
    ycck[0] = FULL - clipped(y + 1.402 * red);
    ycck[1] = FULL - clipped(y - 0.344136286 * blue - 0.714136286 * red);
    ycck[2] = FULL - clipped(y + 1.772 * blue);
  }

  private static int clipped(double value) {
    return (int) Math.max(0, Math.min(FULL, Math.floor(value + 0.5)));
  }

  /** {@code a · b / 255}, rounded as Pillow's {@code MULDIV255}. */
  private static int product(int a, int b) {
    int sum = a * b + 128;
    return ((sum >> 8) + sum) >> 8;
  }

  private static int number(ImageReader reader, String element, String attribute, int absent)
      throws IOException {
    IIOMetadata metadata = reader.getImageMetadata(0);
    Node tree = metadata.getAsTree(FORMAT);
    NodeList found = ((Element) tree).getElementsByTagName(element);
    return found.getLength() == 0
        ? absent
        : Integer.parseInt(((Element) found.item(0)).getAttribute(attribute));
  }
}
