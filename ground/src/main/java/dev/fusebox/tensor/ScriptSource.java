package dev.fusebox.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The text of TorchScript functions: a resource.
 *
 * @param owner the class that it lies beside
 * @param resource its name
 */
public record ScriptSource(Class<?> owner, String resource) {

  /**
   * What it says.
   *
   * @throws IllegalArgumentException if there is no such resource
   */
  String text() {
    try (InputStream stream = owner.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "no resource " + resource + " beside " + owner.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
