package dev.fusebox.lab.store;

import com.fasterxml.jackson.databind.InjectableValues;

/**
 * What a component of a record is where a file does not have it, since a Fusebox wrote it that did
 * not know the component yet. So records grow while files that were written before stay readable:
 * {@code @JacksonInject(value = Absent.TEXT, useInput = OptBoolean.TRUE)}.
 */
final class Absent {

  /** 0. */
  static final String NUMBER = "absent number";

  /** The empty text. */
  static final String TEXT = "absent text";

  /** {@link ComputedOn#UNKNOWN}. */
  static final String PLACE = "absent place";

  private Absent() {}

  static InjectableValues values() {
    return new InjectableValues.Std()
        .addValue(NUMBER, 0L)
        .addValue(TEXT, "")
        .addValue(PLACE, ComputedOn.UNKNOWN);
  }
}
