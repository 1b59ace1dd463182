package dev.fusebox.questions;

import dev.fusebox.file.TextFile;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Tables of commas as spreadsheets write them (RFC 4180); of tabs where the name says {@code .tsv}.
 */
public final class CsvFile {

  private CsvFile() {}

  /** Takes the records of a file, one after the other. */
  @FunctionalInterface
  public interface Use {

    /**
     * One record.
     *
     * @param line of the file, counted from 1, on which it ends
     */
    void take(CSVRecord values, long line);
  }

  /** Whether a file's name says that it is one. */
  public static boolean isNamedSo(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.[ct]sv");
  }

  /**
   * Reads a file; lines without anything in them are passed over.
   *
   * @throws UserError if a quotation has no end, or goes on behind it
   */
  public static void read(Path file, Use use) throws IOException {
    boolean tabs = file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv");
    CSVFormat format = tabs ? CSVFormat.TDF : CSVFormat.DEFAULT;
    try (CSVParser lines = format.parse(TextFile.open(file))) {
      for (CSVRecord values : lines) {
        use.take(values, lines.getCurrentLineNumber());
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        throw new UserError(file + ": not valid CSV: " + e.getCause().getMessage(), e);
      }
      throw e.getCause();
    }
  }
}
