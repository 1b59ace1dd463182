package dev.fusebox.questions.picture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The pictures of a data directory, unread.
 *
 * @param folder where they lie, split by split
 * @param questions the ids that have one
 */
public record StoredImages(Path folder, Set<String> questions) {

  public StoredImages {
    questions = Set.copyOf(questions);
  }

  /** Whether the split has pictures at all. */
  public boolean hasFolder(String split) {
    return Files.isDirectory(folder.resolve(split));
  }

  /** Whether the question's picture is there. */
  public boolean has(String question) {
    return questions.contains(question);
  }
}
