package dev.fusebox.questions.picture;

import java.util.Optional;

/**
 * How vectors lie over a picture, row by row. Vectors before them, such as ViT's first, lie
 * nowhere.
 *
 * @param rows from the top
 * @param columns from the left
 */
public record PictureGrid(int rows, int columns) {

  /** The grid of so many vectors, where they make a square, alone or after one for the whole. */
  static Optional<PictureGrid> square(int vectors) {
    int side = (int) Math.sqrt(vectors);
    boolean fits = side > 1 && vectors - side * side <= 1;
    return fits ? Optional.of(new PictureGrid(side, side)) : Optional.empty();
  }
}
