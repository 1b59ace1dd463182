package dev.fusebox.picture;

/**
 * What is made of the transparent parts of a picture, which a model cannot see through.
 *
 * @since 0.1
 */
public enum Transparency {
  /** Colors are taken as they are stored, however transparent: Pillow's {@code convert("RGB")}. */
  IGNORED {
    @Override
    int seen(int color, int alpha) {
      return color;
    }
  },
  /** The picture lies on white paper, as a page shows it. */
  OVER_WHITE {
    @Override
    int seen(int color, int alpha) {
      return (color * alpha + FULL * (FULL - alpha) + FULL / 2) / FULL;
    }
  };

  static final int FULL = 255;

  /**
   * What is seen of a color, 0 to 255.
   *
   * @param alpha how much of it covers what lies behind, 0 to 255
   */
  abstract int seen(int color, int alpha);
}
