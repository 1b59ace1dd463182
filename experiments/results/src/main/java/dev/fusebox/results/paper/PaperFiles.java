package dev.fusebox.results.paper;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The files of this package; a field that nobody knows is an error. */
final class PaperFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PaperFiles() {}

  /** {@code paper-tables.json}, in the order of the papers. */
  static List<PublishedTable> tables() {
    return read("paper-tables.json", new TypeReference<>() {});
  }

  /** {@code paper-experiments.json}, by name. */
  static Map<String, PublishedExperiment> experiments() {
    return read("paper-experiments.json", new TypeReference<>() {});
  }

  private static <T> T read(String name, TypeReference<T> type) {
    try (InputStream stream = PaperFiles.class.getResourceAsStream(name)) {
      return JSON.readValue(stream, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
