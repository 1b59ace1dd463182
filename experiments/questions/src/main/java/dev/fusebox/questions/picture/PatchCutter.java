package dev.fusebox.questions.picture;

import dev.fusebox.file.CodeVersion;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import dev.fusebox.picture.Picture;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Scales a picture to a square and cuts it into squares, row by row; a patch is its pixels row by
 * row, red, green, blue.
 */
record PatchCutter(PatchSettings settings) implements DecodedPictures.Cutting {

  private static final String CODE = "dev/fusebox/questions/picture/PatchCutter";

  @Override
  public String kind() {
    return "patches";
  }

  /** P: squares per picture. */
  @Override
  public int patches() {
    int side = settings.picture() / settings.patch();
    return side * side;
  }

  /** V: numbers per square. */
  @Override
  public int width() {
    return 3 * settings.patch() * settings.patch();
  }

  @Override
  public Transparency transparency() {
    return Transparency.OVER_WHITE;
  }

  @Override
  public void addTo(Fingerprint fingerprint) {
    fingerprint
        .add(settings.picture())
        .add(settings.patch())
        .add(CodeVersion.of(PatchCutter.class, List.of(CODE)));
  }

  /**
   * The bytes of a picture that belongs to no problem, P × V.
   *
   * @throws UserError if the file is no picture
   */
  byte[] cut(Path file) {
    try {
      return cut(PictureReader.read(file, transparency()));
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  @Override
  public byte[] cut(Picture whole) {
    BufferedImage picture = scaled(image(whole));
    byte[] bytes = new byte[patches() * width()];
    int next = 0;
    for (int y = 0; y < settings.picture(); y += settings.patch()) {
      for (int x = 0; x < settings.picture(); x += settings.patch()) {
        next = copy(picture, x, y, bytes, next);
      }
    }
    return bytes;
  }

  private static BufferedImage image(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(
            x, y, picture.at(x, y, 0) << 16 | picture.at(x, y, 1) << 8 | picture.at(x, y, 2));
      }
    }
    return image;
  }

  private int copy(BufferedImage picture, int left, int top, byte[] bytes, int start) {
    int side = settings.patch();
    int next = start;
    for (int pixel : picture.getRGB(left, top, side, side, null, 0, side)) {
      bytes[next++] = (byte) (pixel >> 16);
      bytes[next++] = (byte) (pixel >> 8);
      bytes[next++] = (byte) pixel;
    }
    return next;
  }

  /** Halves first: a single bilinear step would skip most pixels of a large picture. */
  private BufferedImage scaled(BufferedImage picture) {
    int side = settings.picture();
    BufferedImage current = picture;
    while (current.getWidth() >= 2 * side || current.getHeight() >= 2 * side) {
      current =
          drawn(
              current,
              Math.max(side, current.getWidth() / 2),
              Math.max(side, current.getHeight() / 2));
    }
    return drawn(current, side, side);
  }

  private static BufferedImage drawn(BufferedImage picture, int width, int height) {
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = result.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return result;
  }
}
