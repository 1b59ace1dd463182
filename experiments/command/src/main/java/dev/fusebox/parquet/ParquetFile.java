package dev.fusebox.parquet;

import dev.fusebox.file.Lines;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads parquet files, by DuckDB, which is kept from fetching anything. */
final class ParquetFile {

  private static final String ENGINE = "jdbc:duckdb:";

  private ParquetFile() {}

  /** Takes a row. */
  @FunctionalInterface
  interface RowReader {
    void read(ParquetRow row) throws IOException, SQLException;
  }

  /**
   * The names of a file's columns.
   *
   * @throws UserError if it is no parquet file, or a damaged one
   */
  static Set<String> columns(Path file) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    query(
        file,
        "SELECT * FROM read_parquet(?) LIMIT 0",
        found -> {
          ResultSetMetaData columns = found.getMetaData();
          for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnName(column));
          }
        });
    return names;
  }

  /**
   * Reads a file from its first row to its last.
   *
   * @throws UserError if it is no parquet file, or a damaged one
   */
  static void read(Path file, RowReader reader) throws IOException {
    query(file, "SELECT * FROM read_parquet(?)", found -> rows(file, found, reader));
  }

  /** Takes what a query found. */
  @FunctionalInterface
  private interface Finding {
    void take(ResultSet found) throws IOException, SQLException;
  }

  private static void query(Path file, String sql, Finding finding) throws IOException {
    try (Connection connection = DriverManager.getConnection(ENGINE)) {
      try (Statement settings = connection.createStatement()) {
        settings.execute("SET autoinstall_known_extensions = false");
        settings.execute("SET autoload_known_extensions = false");
        settings.execute("SET preserve_insertion_order = true");
      }
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        query.setString(1, file.toAbsolutePath().toString());
        finding.take(query.executeQuery());
      }
    } catch (SQLException e) {
      throw new UserError(
          file + ": not a complete parquet file: " + Lines.plain(e.getMessage()), e);
    }
  }

  private static void rows(Path file, ResultSet rows, RowReader reader)
      throws IOException, SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    for (long number = 0; rows.next(); number++) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        values.put(columns.getColumnName(column), rows.getObject(column));
      }
      reader.read(new ParquetRow(file, number, values));
    }
  }
}
