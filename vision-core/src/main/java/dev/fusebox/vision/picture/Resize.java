package dev.fusebox.vision.picture;

import dev.fusebox.picture.Picture;

/** To which extent a picture is resized. */
public sealed interface Resize {

  /** The filter. */
  Resampling filter();

  /** The same with another filter. */
  Resize filtered(Resampling other);

  /** The picture in its new extent. */
  Picture apply(Picture picture);

  /** For people. */
  String inWords();

  /**
   * To a certain extent, whatever becomes of its proportions.
   *
   * @param height pixels down
   * @param width pixels across
   */
  record Squash(int height, int width, Resampling filter) implements Resize {

    public Squash {
      atLeastOne("height", height);
      atLeastOne("width", width);
    }

    @Override
    public Resize filtered(Resampling other) {
      return new Squash(height, width, other);
    }

    @Override
    public Picture apply(Picture picture) {
      return Resizing.to(width, height, filter, picture);
    }

    @Override
    public String inWords() {
      return "to %d x %d, %s".formatted(height, width, filter.inWords());
    }
  }

  /**
   * Until its shorter edge has {@code length} pixels; the longer one follows, rounded down.
   *
   * @param length pixels
   */
  record ShortestEdge(int length, Resampling filter) implements Resize {

    public ShortestEdge {
      atLeastOne("shortest edge", length);
    }

    @Override
    public Resize filtered(Resampling other) {
      return new ShortestEdge(length, other);
    }

    @Override
    public Picture apply(Picture picture) {
      boolean upright = picture.width() <= picture.height();
      int shorter = upright ? picture.width() : picture.height();
      int longer = upright ? picture.height() : picture.width();
      int other = (int) ((double) ((long) length * longer) / shorter);
      return upright
          ? Resizing.to(length, other, filter, picture)
          : Resizing.to(other, length, filter, picture);
    }

    @Override
    public String inWords() {
      return "shortest edge to %d, %s".formatted(length, filter.inWords());
    }
  }

  private static void atLeastOne(String what, int pixels) {
    if (pixels < 1) {
      throw new IllegalArgumentException(what + " must be at least 1 pixel, found " + pixels);
    }
  }
}
