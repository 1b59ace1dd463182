package dev.fusebox.questions;

/** A kind of question by which a data set's tables divide the score: a column. */
public interface Category {

  /** The column's heading. */
  String label();

  /** Whether the question is known to belong here. */
  boolean contains(Question question);

  /** Whether the data cannot tell if the question belongs here. */
  boolean unknown(Question question);
}
