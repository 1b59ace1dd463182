package dev.fusebox.parquet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes questions as they come in, a line each: as a list, or as an object by id. */
final class QuestionWriter implements Closeable {

  private final BufferedWriter out;
  private final boolean byId;
  private boolean begun;

  QuestionWriter(Path file, boolean byId) throws IOException {
    this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    this.byId = byId;
  }

  void add(String id, ObjectNode question) throws IOException {
    out.write(begun ? ",\n" : byId ? "{\n" : "[\n");
    begun = true;
    out.write(byId ? TextNode.valueOf(id) + ": " + question : question.toString());
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write(begun ? "\n" : byId ? "{" : "[");
      out.write(byId ? "}\n" : "]\n");
    }
  }
}
