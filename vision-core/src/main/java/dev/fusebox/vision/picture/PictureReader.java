package dev.fusebox.vision.picture;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads png, jpg, gif and bmp as Pillow's {@code convert("RGB")} does: stored numbers as they are,
 * whatever color profile lies beside them; palettes looked up; alpha dropped; of 16 bits the upper
 * eight; CMYK by {@code (255 - ink) · (255 - black) / 255}. A picture that is cut off is no
 * picture.
 */
public final class PictureReader {

  private PictureReader() {}

  /**
   * Reads a picture.
   *
   * @throws IOException with the file's name and the reason, if it is none
   */
  public static Picture read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file + ": there is no such picture");
    }
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("neither png, jpg, gif nor bmp");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        return read(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) { // decoders throw all sorts at damaged files
      throw new IOException(file + ": no picture: " + reason(e), e);
    }
  }

  private static String reason(Exception error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  private static Picture read(ImageReader reader) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    Picture picture = isFourInks(reader) ? Inks.read(reader) : rgb(reader.read(0));
    for (String warning : warnings) {
      // What is missing would be grey; other warnings are of what a decoder passes over.
      if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
        throw new IOException("cut off: " + warning);
      }
    }
    return picture;
  }

  private static boolean isFourInks(ImageReader reader) throws IOException {
    return reader.getFormatName().equalsIgnoreCase("JPEG") && Inks.count(reader) == 4;
  }

  private static Picture rgb(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel palette
        ? lookedUp(image.getRaster(), palette)
        : stored(image);
  }

  private static Picture lookedUp(Raster raster, IndexColorModel palette) {
    Picture picture = Picture.black(raster.getWidth(), raster.getHeight());
    int[] indices = new int[raster.getWidth()];
    for (int y = 0, next = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, indices.length, 1, 0, indices);
      for (int index : indices) {
        picture.bytes()[next++] = (byte) palette.getRed(index);
        picture.bytes()[next++] = (byte) palette.getGreen(index);
        picture.bytes()[next++] = (byte) palette.getBlue(index);
      }
    }
    return picture;
  }

  /**
   * One or two bands are grey, three or four are red, green and blue; the last even one is alpha.
   */
  private static Picture stored(BufferedImage image) {
    Raster raster = image.getRaster();
    boolean grey = raster.getNumBands() < Picture.COLORS;
    int shift = Math.max(0, image.getSampleModel().getSampleSize(0) - 8);
    Picture picture = Picture.black(raster.getWidth(), raster.getHeight());
    int[] row = new int[raster.getWidth()];
    for (int color = 0; color < Picture.COLORS; color++) {
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(
            raster.getMinX(), raster.getMinY() + y, row.length, 1, grey ? 0 : color, row);
        int next = Picture.COLORS * y * row.length + color;
        for (int value : row) {
          picture.bytes()[next] = (byte) (value >> shift);
          next += Picture.COLORS;
        }
      }
    }
    return picture;
  }
}
