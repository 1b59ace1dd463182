package dev.fusebox.results.score;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The reference outputs of metrics, which hold text of others and so lie outside the project. */
final class MetricGoldens {

  private MetricGoldens() {}

  static JsonNode read(String file) {
    Optional<Path> found =
        List.of(
                Path.of(System.getProperty("fusebox.goldens", "goldens"), "metrics", file),
                Path.of(System.getProperty("fusebox.shared", "shared"), "golden/metrics", file))
            .stream()
            .filter(Files::exists)
            .findFirst();
    assumeThat(found).as("metrics/%s of the reference outputs", file).isPresent();
    return json(found.get());
  }

  /** A file below the directory of others' data; the test is skipped where it is absent. */
  static Path shared(String path) {
    Path file = Path.of(System.getProperty("fusebox.shared", "shared"), path);
    assumeThat(file).as("data of others").exists();
    return file;
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
