package dev.fusebox.extract;

/** What is done about a picture that is not there, or is none. */
public enum Missing {
  /** It gets no row. */
  SKIP,
  /** It gets a row of zeros. */
  ZERO,
  /** It ends the program. */
  FAIL
}
