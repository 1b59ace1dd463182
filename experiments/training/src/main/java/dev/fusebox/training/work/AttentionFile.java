package dev.fusebox.training.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.training.task.AttentionMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code attention.jsonl}: a line per question of {@code id}, {@code tokens} and {@code layers};
 * each layer with {@code name}, {@code weights} token by token over the picture's vectors, {@code
 * grid} where they lie over the picture, and {@code tokens} of its own where those written look.
 */
public final class AttentionFile {

  /** Its usual name. */
  static final String NAME = "attention.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();

  private AttentionFile() {}

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<AttentionMap> maps) throws IOException {
    StringBuilder text = new StringBuilder();
    for (AttentionMap map : maps) {
      text.append(LINES.writeValueAsString(line(map))).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }

  /** A line of it. */
  public static ObjectNode line(AttentionMap map) {
    ObjectNode line = LINES.createObjectNode().put("id", map.id());
    map.read().forEach(line.putArray("tokens")::add);
    ArrayNode layers = line.putArray("layers");
    for (AttentionMap.Layer layer : map.layers()) {
      ObjectNode node = layers.addObject().put("name", layer.name());
      if (layer.writing()) {
        map.written().forEach(node.putArray("tokens")::add);
      }
      node.set("weights", LINES.valueToTree(layer.weights()));
      map.grid().ifPresent(grid -> node.putArray("grid").add(grid.rows()).add(grid.columns()));
    }
    return line;
  }
}
