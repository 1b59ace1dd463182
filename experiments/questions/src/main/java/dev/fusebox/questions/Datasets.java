package dev.fusebox.questions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Opens a data directory as what it is. */
public final class Datasets {

  private Datasets() {}

  /**
   * A-OKVQA where its files lie there and no {@code problems.json} does, else questions a line each
   * where such files do, MMLU where its folders do, BBH where its files do, else ScienceQA.
   *
   * @throws dev.fusebox.file.UserError for every fault of the files
   */
  public static Dataset open(Path root) throws IOException {
    DataDirectory directory = new DataDirectory(root);
    if (directory.find(ScienceQaDataset.PROBLEMS).isPresent()) {
      return ScienceQaDataset.open(root);
    }
    if (AokvqaDataset.isIn(directory)) {
      return AokvqaDataset.open(root);
    }
    if (LinesFolder.isIn(root)) {
      return LinesFolder.open(root);
    }
    if (MmluFolder.isIn(root)) {
      return MmluFolder.open(root);
    }
    return BbhFolder.isIn(root) ? BbhFolder.open(root) : ScienceQaDataset.open(root);
  }

  /**
   * The pictures whose files the questions in a data directory name, by question id; nothing is
   * read where questions of that kind name none.
   */
  public static Map<String, Path> namedPictures(Path root) throws IOException {
    boolean lines =
        new DataDirectory(root).find(ScienceQaDataset.PROBLEMS).isEmpty() && LinesFolder.isIn(root);
    return lines ? open(root).namedPictures() : Map.of();
  }
}
