package dev.fusebox.questions;

import java.io.IOException;
import java.nio.file.Path;

/** Opens a data directory as what it is. */
public final class Datasets {

  private Datasets() {}

  /**
   * A-OKVQA where its files lie there and no {@code problems.json} does, else ScienceQA.
   *
   * @throws dev.fusebox.file.UserError for every fault of the files
   */
  public static Dataset open(Path root) throws IOException {
    DataDirectory directory = new DataDirectory(root);
    return AokvqaDataset.isIn(directory) && directory.find(ScienceQaDataset.PROBLEMS).isEmpty()
        ? AokvqaDataset.open(root)
        : ScienceQaDataset.open(root);
  }
}
