package dev.fusebox.questions.picture;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code features.passages}: the passages whose vectors stand beside a picture's, for {@code source
 * = passages}.
 *
 * @param count how many a question has at most
 * @param width V: numbers of the vector of a passage
 * @param corpus a text file, one passage a line, or a directory of them; without it the lectures of
 *     the split {@code train}
 */
public record PassageSettings(int count, int width, Optional<Path> corpus) {

  /** A few lectures, as a config has them that says no more. */
  static final PassageSettings LECTURES = new PassageSettings(3, 256, Optional.empty());

  public PassageSettings {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, found " + count);
    }
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1, found " + width);
    }
  }
}
