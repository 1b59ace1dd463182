package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures in ScienceQA's layout: {@code images/<split>/<id>/image.png}, or {@code .jpg}.
 *
 * @param folder the {@code images} folder
 */
public record PictureFolder(Path folder) implements InlinePictures {

  private static final Map<String, String> TYPES =
      Map.of("image.png", "image/png", "image.jpg", "image/jpeg");

  /** A larger picture would make the report unwieldy. */
  private static final long MOST_BYTES = 200_000;

  @Override
  public Optional<String> dataAddress(Question question) {
    for (String split : new String[] {"test", "val", "train"}) {
      for (Map.Entry<String, String> type : TYPES.entrySet()) {
        Path file = folder.resolve(split).resolve(question.id()).resolve(type.getKey());
        if (Files.isRegularFile(file)) {
          return encoded(file, type.getValue());
        }
      }
    }
    return Optional.empty();
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
