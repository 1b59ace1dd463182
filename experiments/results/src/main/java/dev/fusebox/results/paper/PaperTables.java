package dev.fusebox.results.paper;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.results.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Published numbers as data: every table of Multimodal-CoT (arXiv 2302.00923) in both of its
 * generations, of its baselines and of later work, each with its source and how sure it is.
 */
public final class PaperTables {

  private static final Map<String, PublishedTable> TABLES = byId();

  private PaperTables() {}

  private static Map<String, PublishedTable> byId() {
    Map<String, PublishedTable> tables = new LinkedHashMap<>();
    PaperFiles.tables().forEach(table -> tables.put(table.id(), table));
    return tables;
  }

  /** The ids of all tables, in the order of the papers. */
  public static List<String> ids() {
    return List.copyOf(TABLES.keySet());
  }

  /** A table as it was published. */
  public static Table table(String id) {
    return find(id).table();
  }

  /** One number of a table, if the table has it. */
  static OptionalDouble number(String id, String row, String column) {
    return find(id).row(row).number(column);
  }

  /** The headings of a row's numbers, in the table's order. */
  static List<String> figures(String id, String row) {
    return find(id).columns().stream()
        .filter(column -> number(id, row, column).isPresent())
        .toList();
  }

  /**
   * A table by its id.
   *
   * @throws UserError with the ids known, if there is none
   */
  static PublishedTable find(String id) {
    PublishedTable table = TABLES.get(id);
    if (table == null) {
      throw new UserError(
          "no published table %s%s; known: %s"
              .formatted(
                  id,
                  Spelling.hint(id, TABLES.keySet()),
                  String.join(", ", new TreeSet<>(TABLES.keySet()))));
    }
    return table;
  }
}
