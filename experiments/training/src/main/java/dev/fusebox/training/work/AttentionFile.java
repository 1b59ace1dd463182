package dev.fusebox.training.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.TextFile;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.picture.PictureGrid;
import dev.fusebox.training.task.AttentionMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code attention.jsonl}: a line per question of {@code id}, {@code tokens} and {@code layers};
 * each layer with {@code name}, {@code weights} token by token over the picture's vectors, {@code
 * grid} where they lie over the picture, and {@code tokens} of its own where those written look.
 */
public final class AttentionFile {

  /** Its usual name. */
  public static final String NAME = "attention.jsonl";

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

  /**
   * Reads all of them.
   *
   * @throws UserError if a line is another
   */
  public static List<AttentionMap> read(Path file) throws IOException {
    List<AttentionMap> maps = new ArrayList<>();
    for (String line : TextFile.lines(file)) {
      try {
        maps.add(Objects.requireNonNull(LINES.readValue(line, Line.class)).map());
      } catch (JsonProcessingException | NullPointerException e) {
        throw new UserError(
            "%s, line %d: id, tokens and layers expected".formatted(file, maps.size() + 1), e);
      }
    }
    return maps;
  }

  record Line(String id, List<String> tokens, List<LayerLine> layers) {

    Line {
      Objects.requireNonNull(id, "id");
      tokens = List.copyOf(tokens);
      layers = List.copyOf(layers);
    }

    /** What is written is the same for all layers that look while it is. */
    AttentionMap map() {
      return new AttentionMap(
          id,
          tokens,
          layers.stream().flatMap(layer -> layer.written().stream()).findFirst().orElse(List.of()),
          layers.stream().map(LayerLine::layer).toList(),
          layers.stream().flatMap(layer -> layer.place().stream()).findFirst());
    }
  }

  record LayerLine(
      String name, List<String> tokens, List<List<Double>> weights, List<Integer> grid) {

    LayerLine {
      Objects.requireNonNull(name, "name");
      weights = weights.stream().map(List::copyOf).toList();
      if (tokens != null) {
        tokens = List.copyOf(tokens);
      }
      if (grid != null && grid.size() != 2) {
        throw new IllegalArgumentException("grid must be rows and columns, found " + grid);
      }
    }

    Optional<List<String>> written() {
      return Optional.ofNullable(tokens);
    }

    Optional<PictureGrid> place() {
      return Optional.ofNullable(grid).map(both -> new PictureGrid(both.get(0), both.get(1)));
    }

    AttentionMap.Layer layer() {
      return new AttentionMap.Layer(name, written().isPresent(), weights);
    }
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
