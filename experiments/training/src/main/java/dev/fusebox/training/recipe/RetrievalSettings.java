package dev.fusebox.training.recipe;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code retrieval}: passages found by the question's words, joined to the context.
 *
 * @param corpus a text file, one passage a line, or a directory of them; without it the lectures of
 *     the training questions
 * @param passages how many
 */
public record RetrievalSettings(Optional<Path> corpus, int passages) {

  public RetrievalSettings {
    if (passages < 1) {
      throw new IllegalArgumentException("passages must be at least 1, found " + passages);
    }
  }
}
