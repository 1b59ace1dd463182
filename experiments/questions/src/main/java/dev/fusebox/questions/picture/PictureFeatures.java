package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * The vectors of each question's picture: at most P vectors of width V. Read row by row, in place;
 * safe for threads. Numbers that are not finite are refused, with a UserError that names file and
 * question.
 */
public interface PictureFeatures {

  /** P: how many vectors a picture has at most. */
  int patches();

  /** V: the width of a vector. */
  int width();

  /**
   * Writes the vectors of the question's picture.
   *
   * @param into has room for at least P × V numbers from its position on; its position moves past
   *     what was written
   * @return how many vectors were written; 0 if the question has no picture
   */
  int read(String questionId, FloatBuffer into);

  /** How the vectors lie over the question's picture; empty where they do not. */
  default Optional<PictureGrid> grid() {
    return Optional.empty();
  }
}
