package dev.fusebox.questions.picture;

import dev.fusebox.file.ScratchCopies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is kept of pictures so that reading them again is quick.
 *
 * @param cache takes decoded pictures
 * @param scratch takes copies of feature files, on a disk that is nearer than theirs
 */
public record KeptPictures(Path cache, Optional<ScratchCopies> scratch) {

  /** Feature files are read where they are. */
  public static KeptPictures in(Path cache) {
    return new KeptPictures(cache, Optional.empty());
  }

  /** The file to read the numbers of a feature file from. */
  Path near(Path file) throws IOException {
    return scratch.isPresent() ? scratch.get().of(file) : file;
  }
}
