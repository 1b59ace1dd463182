package dev.fusebox.vision.picture;

import dev.fusebox.picture.Picture;

/**
 * The middle of a picture; where the picture is smaller there is black around it.
 *
 * @param height pixels down
 * @param width pixels across
 * @param half where the middle lies if it is between two pixels
 */
public record Crop(int height, int width, Half half) {

  /** How libraries halve an odd number of pixels. */
  public enum Half {
    /** Down: transformers. */
    DOWN,
    /** To the even neighbour: torchvision, timm. */
    EVEN;

    int of(int pixels) {
      return this == DOWN ? pixels / 2 : (int) Math.rint(pixels / 2.0);
    }

    /** How much of a black border is above, or left. */
    int before(int border) {
      return this == DOWN ? (border + 1) / 2 : border / 2;
    }
  }

  public Crop {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a crop must have at least 1 x 1 pixels, found %d x %d".formatted(height, width));
    }
  }

  Picture apply(Picture picture) {
    if (picture.height() == height && picture.width() == width) {
      return picture;
    }
    int top = start(picture.height(), height);
    int left = start(picture.width(), width);
    Picture result = Picture.black(width, height);
    int from = Math.max(0, -left);
    int count = Math.min(width, picture.width() - left) - from;
    for (int y = Math.max(0, -top); y < Math.min(height, picture.height() - top); y++) {
      System.arraycopy(
          picture.bytes(),
          Picture.COLORS * ((y + top) * picture.width() + left + from),
          result.bytes(),
          Picture.COLORS * (y * width + from),
          Picture.COLORS * count);
    }
    return result;
  }

  /** Where the crop begins in the picture; before it, where it is the larger one. */
  private int start(int pixels, int kept) {
    return pixels < kept ? -half.before(kept - pixels) : half.of(pixels - kept);
  }
}
