package dev.fusebox.questions.picture;

/**
 * One of several pictures among the vectors of a question.
 *
 * @param picture whose vectors they are
 * @param vectors how many, in a row
 */
public record PictureSpan(PictureName picture, int vectors) {}
