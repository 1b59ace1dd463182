package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures of a data directory.
 *
 * @param files by question id
 */
public record PictureFolder(Map<String, Path> files) implements InlinePictures {

  private static final Map<String, String> TYPES =
      Map.of("png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg");

  /** A larger picture would make the report unwieldy. */
  private static final long MOST_BYTES = 200_000;

  public PictureFolder {
    files = Map.copyOf(files);
  }

  @Override
  public Optional<String> dataAddress(Question question) {
    Path file = files.get(question.id());
    if (file == null) {
      return Optional.empty();
    }
    String name = file.getFileName().toString();
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    return type == null ? Optional.empty() : encoded(file, type);
  }

  private static Optional<String> encoded(Path file, String type) {
    try {
      return Files.size(file) > MOST_BYTES
          ? Optional.empty()
          : Optional.of(
              "data:"
                  + type
                  + ";base64,"
                  + Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
