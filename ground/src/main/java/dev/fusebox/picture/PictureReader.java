package dev.fusebox.picture;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads png, jpg, gif and bmp, whatever the file is called: stored numbers as they are, whatever
 * color profile lies beside them; palettes looked up; of 16 bits the upper eight; CMYK and YCCK as
 * Pillow turns them into red, green and blue. A picture's size is looked at before its pixels are,
 * since a small file can announce a large picture; one that is cut off is no picture.
 *
 * @since 0.1
 */
public final class PictureReader {

  private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");
  private static final int LONGEST_SIDE = 0xffff;
  private static final long MOST_PIXELS = 40_000_000; // 320 MB at 16 bits of four colors

  private PictureReader() {}

  /**
   * Reads a picture.
   *
   * @throws IOException with the file's name and the reason, if it is none, or too large a one
   */
  public static Picture read(Path file, Transparency transparency) throws IOException {
    return read(file, transparency, MOST_PIXELS);
  }

  /**
   * Reads a picture of somebody who need not be trusted with as many pixels.
   *
   * @param most pixels; more than 40,000,000 are never read
   * @throws IOException with the file's name and the reason, if it is none, or too large a one
   */
  public static Picture read(Path file, Transparency transparency, long most) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file + ": there is no such picture");
    }
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(RegularFile.require(file).toFile())) {
      ImageReader reader = reader(stream);
      try {
        // Metadata is passed over: it can be damaged, or endless, where the pixels are not.
        reader.setInput(stream, true, true);
        requireSize(file, reader.getWidth(0), reader.getHeight(0), Math.min(most, MOST_PIXELS));
        return whole(reader, stream, transparency);
      } finally {
        reader.dispose();
      }
    } catch (FileFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // decoders throw all sorts at damaged files
      String reason = e.getMessage() == null ? "it is damaged" : e.getMessage();
      throw new FileFormatException(file, "no picture: " + reason, e);
    }
  }

  private static ImageReader reader(ImageInputStream stream) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(format(reader))) {
        return reader;
      }
      reader.dispose();
    }
    throw new IIOException("neither png, jpg, gif nor bmp");
  }

  private static String format(ImageReader reader) throws IOException {
    return reader.getFormatName().toLowerCase(Locale.ROOT);
  }

  private static void requireSize(Path file, long width, long height, long most)
      throws FileFormatException {
    if (Math.max(width, height) > LONGEST_SIDE || width * height > most) {
      throw new FileFormatException(
          file,
          String.format(
              Locale.ROOT,
              "it has %,d × %,d pixels; at most %,d on a side and %,d in all are read",
              width,
              height,
              LONGEST_SIDE,
              most));
    }
  }

  private static Picture whole(
      ImageReader reader, ImageInputStream stream, Transparency transparency) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    Picture picture = decoded(reader, stream, transparency);
    for (String warning : warnings) {
      // What is missing would be gray; other warnings are of what a decoder passes over.
      if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
        throw new IIOException("cut off: " + warning);
      }
    }
    return picture;
  }

  private static Picture decoded(
      ImageReader reader, ImageInputStream stream, Transparency transparency) throws IOException {
    if (format(reader).equals("jpeg")) {
      JpegColors colors = JpegColors.of(stream);
      if (colors.components() == JpegColors.INKS) {
        return colors.picture(reader.readRaster(0, null));
      }
    }
    return StoredColors.of(reader.read(0), transparency);
  }
}
