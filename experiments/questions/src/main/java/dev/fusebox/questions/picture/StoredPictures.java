package dev.fusebox.questions.picture;

import java.nio.file.Path;
import java.util.Set;

/**
 * A feature file, unread.
 *
 * @param file where it lies
 * @param rows one for each picture
 * @param patches vectors of a row
 * @param width of a vector
 * @param questions the ids that have a row
 */
public record StoredPictures(Path file, long rows, int patches, int width, Set<String> questions) {

  public StoredPictures {
    questions = Set.copyOf(questions);
  }
}
