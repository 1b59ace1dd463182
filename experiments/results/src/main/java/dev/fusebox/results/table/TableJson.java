package dev.fusebox.results.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A table as the report's page reads it: each cell its text and what it is sorted by. */
public final class TableJson {

  private TableJson() {}

  public static ObjectNode of(Table table) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode context = node.putArray("context");
    table.context().forEach(context::add);
    ArrayNode columns = node.putArray("columns");
    for (Column column : table.columns()) {
      columns
          .addObject()
          .put("heading", column.heading())
          .put("left", column.left())
          .put("ruled", column.ruled());
    }
    ArrayNode sections = node.putArray("sections");
    for (List<List<Cell>> section : table.sections()) {
      ArrayNode rows = sections.addArray();
      section.forEach(row -> cells(row, rows.addArray()));
    }
    ArrayNode notes = node.putArray("notes");
    table.notes().forEach(notes::add);
    return node;
  }

  private static void cells(List<Cell> row, ArrayNode cells) {
    for (Cell cell : row) {
      double order = cell.order();
      cells.addArray().add(cell.text()).add(Double.isNaN(order) ? null : (Double) order);
    }
  }
}
