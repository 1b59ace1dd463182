package dev.fusebox.extract;

import dev.fusebox.file.UserError;
import dev.fusebox.vision.Readout;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What an extraction is asked for.
 *
 * @param backbone a directory or a file
 * @param readout which of its states are the features
 * @param out the feature file
 * @param names its name map
 * @param batch pictures that are computed together
 * @param missing what is done about a picture that cannot be read
 * @param force whether files that are there are replaced
 */
public record ExtractSettings(
    Path backbone,
    Readout readout,
    Path out,
    Path names,
    int batch,
    Missing missing,
    boolean force) {

  public ExtractSettings {
    if (!out.toString().endsWith(".npy")) {
      throw new UserError("--out must be a .npy file, found " + out);
    }
    if (batch < 1) {
      throw new UserError("--batch must be at least 1, found " + batch);
    }
  }

  /** The file that says how the features were made: beside them, {@code .json} for {@code .npy}. */
  public Path sheet() {
    String name = out.getFileName().toString();
    return out.resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".json");
  }

  /**
   * Makes sure that the name map is not that of another feature file.
   *
   * @throws UserError if it is there and numbers other pictures
   */
  public void requireFreeNames(PictureList pictures) throws IOException {
    if (!force) {
      ExtractionOutcome.requireFree(names, pictures);
    }
  }
}
