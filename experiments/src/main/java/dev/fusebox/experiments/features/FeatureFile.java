package dev.fusebox.experiments.features;

import dev.fusebox.experiments.config.UserError;
import java.nio.FloatBuffer;
import java.util.List;

/** Precomputed features: rows of an array, found by question id. */
final class FeatureFile implements IndexedPictures {

  private final StoredArray array;
  private final NameMap names;

  /**
   * @throws UserError if the two do not belong together
   */
  FeatureFile(StoredArray array, NameMap names) {
    names.requireFits(array);
    this.array = array;
    this.names = names;
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
    array.read(row, into);
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
