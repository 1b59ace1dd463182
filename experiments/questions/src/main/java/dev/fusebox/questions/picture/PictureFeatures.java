package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The vectors of each question's pictures: at most P vectors of width V. Read row by row, in place;
 * safe for threads. Numbers that are not finite are refused, with a UserError that names file and
 * question.
 */
public interface PictureFeatures {

  /** P: how many vectors a question has at most. */
  int patches();

  /** V: the width of a vector. */
  int width();

  /**
   * Writes the vectors of the question's pictures.
   *
   * @param into has room for at least P × V numbers from its position on; its position moves past
   *     what was written
   * @return how many vectors were written; 0 if the question has no picture
   */
  int read(String questionId, FloatBuffer into);

  /**
   * The pictures to which the vectors that {@link #read} writes belong, in the vectors' order;
   * empty where all belong to one that stands before the text.
   */
  default List<PictureSpan> spans(String questionId) {
    return List.of();
  }

  /**
   * The backbone that has to make vectors of what is read, which is pixels then: each picture is
   * one "vector" of 3 · Y · X numbers. Empty where vectors are read.
   */
  default Optional<PictureBackbone> backbone() {
    return Optional.empty();
  }

  /** How the vectors lie over the question's picture; empty where they do not. */
  default Optional<PictureGrid> grid() {
    return Optional.empty();
  }

  /** How the numbers of each single picture lie over it; empty where they do not. */
  default Optional<PictureRaster> raster() {
    return Optional.empty();
  }
}
