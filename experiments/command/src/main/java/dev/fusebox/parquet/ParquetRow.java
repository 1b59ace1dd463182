package dev.fusebox.parquet;

import dev.fusebox.file.UserError;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question as a row of a parquet file.
 *
 * @param number of the row, from 0
 * @param values by column
 */
record ParquetRow(Path file, long number, Map<String, Object> values) {

  boolean has(String column) {
    return values.get(column) != null;
  }

  /** A text; empty where there is none. */
  String text(String column) {
    Object value = values.get(column);
    return value == null ? "" : value.toString();
  }

  /** Texts. */
  List<String> texts(String column) throws SQLException {
    if (!(values.get(column) instanceof Array list)) {
      throw wrong(column, "a list of texts");
    }
    List<Object> texts = Arrays.asList((Object[]) list.getArray());
    if (texts.contains(null)) {
      throw wrong(column, "a list of texts without gaps");
    }
    return texts.stream().map(Object::toString).toList();
  }

  /** A whole number. */
  int integer(String column) {
    if (!(values.get(column) instanceof Number number)
        || number.intValue() != number.doubleValue()) {
      throw wrong(column, "a whole number");
    }
    return number.intValue();
  }

  /** The bytes of a picture's file, if there is one. */
  Optional<byte[]> picture(String column) throws SQLException {
    if (!has(column)) {
      return Optional.empty();
    }
    if (!(values.get(column) instanceof Struct picture)
        || picture.getAttributes().length == 0
        || !(picture.getAttributes()[0] instanceof Blob bytes)) {
      throw wrong(column, "a picture's bytes and path");
    }
    return Optional.of(bytes.getBytes(1, (int) bytes.length()));
  }

  UserError wrong(String column, String expected) {
    return new UserError(
        "%s: row %d: %s must be %s, found %s"
            .formatted(file, number, column, expected, values.get(column)));
  }
}
