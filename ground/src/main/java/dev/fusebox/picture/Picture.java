package dev.fusebox.picture;

/**
 * A picture in memory.
 *
 * @param width pixels across
 * @param height pixels down
 * @param bytes height × width × 3: row by row, red, green, blue; not copied
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // pixels: compared by nobody
public record Picture(int width, int height, byte[] bytes) {

  /** Numbers per pixel. */
  public static final int COLORS = 3;

  public Picture {
    if (width < 1 || height < 1 || bytes.length != COLORS * width * height) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels must have three bytes for each, found %d"
              .formatted(width, height, bytes.length));
    }
  }

  /** A black one. */
  public static Picture black(int width, int height) {
    return new Picture(width, height, new byte[COLORS * width * height]);
  }

  /** One number, 0 to 255. */
  public int at(int x, int y, int color) {
    return Byte.toUnsignedInt(bytes[COLORS * (y * width + x) + color]);
  }
}
