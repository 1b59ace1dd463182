package dev.fusebox.questions.picture;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/** Where the vectors of one kind come from. */
sealed interface VectorSource permits FeatureFileSource, PictureFileSource, PassageSource {

  /** That of settings which name one source alone. */
  static VectorSource of(Path root, FeatureSettings settings, VisionBackbones kinds) {
    DataDirectory directory = new DataDirectory(root);
    if (settings.source().findsPassages()) {
      return new PassageSource(directory, settings.passages());
    }
    return settings.source().readsPictures()
        ? new PictureFileSource(directory, settings, settings.inTheLoop(kinds))
        : new FeatureFileSource(directory, settings);
  }

  /** V, without decoding a picture. */
  int width() throws IOException;

  /** How many vectors a question has at most. */
  int patches() throws IOException;

  /**
   * Opens them, without a control.
   *
   * @param dataset none of whose pictures may be missing
   * @throws UserError if files are missing or damaged, or do not belong together
   */
  IndexedPictures open(KeptPictures kept, Optional<Dataset> dataset) throws IOException;

  /**
   * Makes sure that no picture of a question is missing, without reading a vector or a pixel.
   *
   * @throws UserError that names the first that is
   */
  void requireWhole(Dataset dataset) throws IOException;

  /**
   * Makes sure that vectors are those that were extracted, if they were.
   *
   * @throws UserError if they are not
   */
  default void requireUnchanged(FileHashes hashes) throws IOException {}

  /**
   * Makes sure that pictures can be shifted and cropped.
   *
   * @throws UserError if the vectors lie in no square over their picture
   */
  void requireRaster() throws IOException;

  /** The files that are read, each by a name that tells what it is read as. */
  SortedMap<String, Path> files() throws IOException;
}
