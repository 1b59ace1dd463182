package dev.fusebox.questions.picture;

import java.util.OptionalInt;

/**
 * One of several pictures among the vectors of a question.
 *
 * @param picture whose vectors they are
 * @param vectors how many, in a row
 * @param place how many tokens of the text stand before it; empty where its name says where it
 *     stands: before its option, or before the text
 */
public record PictureSpan(PictureName picture, int vectors, OptionalInt place) {

  /** One that stands where its name says. */
  public PictureSpan(PictureName picture, int vectors) {
    this(picture, vectors, OptionalInt.empty());
  }

  /** The same at a place. */
  public PictureSpan at(int tokensBefore) {
    return new PictureSpan(picture, vectors, OptionalInt.of(tokensBefore));
  }
}
