package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.file.UserError;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Precomputed features: rows of an array, found by question id. */
final class FeatureFile implements IndexedPictures {

  private final FeatureArray array;
  private final FeatureArray near;
  private final NameMap names;
  private final Optional<PictureGrid> grid;

  /**
   * Rows of an array.
   *
   * @param near the same, or a copy of it, which rows are read from
   * @param grid how the vectors of a row lie over its picture
   * @throws UserError if the two do not belong together
   */
  FeatureFile(FeatureArray array, FeatureArray near, NameMap names, Optional<PictureGrid> grid) {
    names.requireFits(array);
    this.array = array;
    this.near = near;
    this.names = names;
    this.grid = grid;
  }

  @Override
  public int patches() {
    return array.patches();
  }

  @Override
  public int width() {
    return array.width();
  }

  @Override
  public Optional<PictureGrid> grid() {
    return grid;
  }

  @Override
  public Optional<PictureRaster> raster() {
    return grid.map(cells -> PictureRaster.vectors(cells, patches(), width()));
  }

  @Override
  public List<String> questionIds() {
    return names.ids();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    Integer row = names.rows().get(questionId);
    if (row == null) {
      return 0;
    }
    int start = into.position();
    near.read(row, into);
    requireFinite(into, start, questionId, row);
    return patches();
  }

  private void requireFinite(FloatBuffer numbers, int start, String questionId, int row) {
    for (int i = start; i < numbers.position(); i++) {
      if (!Float.isFinite(numbers.get(i))) {
        throw new UserError(
            "%s: the features of problem %s (row %d) must be finite, found %s at vector %d, number %d"
                .formatted(
                    array.file(),
                    questionId,
                    row,
                    numbers.get(i),
                    (i - start) / width(),
                    (i - start) % width()));
      }
    }
  }
}
