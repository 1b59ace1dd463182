package dev.fusebox.questions.picture;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The pictures themselves, cut into squares of pixels from -1 to 1. */
record PatchPictures(DecodedPictures decoded, PatchSettings settings) implements IndexedPictures {

  /**
   * Opens pictures.
   *
   * @param files by name
   * @param cache where decoded pictures are kept
   * @throws dev.fusebox.file.UserError if one is no picture
   */
  static PatchPictures open(SortedMap<String, Path> files, PatchSettings settings, Path cache)
      throws IOException {
    return new PatchPictures(
        DecodedPictures.open(files, new PatchCutter(settings), cache), settings);
  }

  @Override
  public int patches() {
    return decoded.bytes().patches();
  }

  @Override
  public int width() {
    return decoded.bytes().width();
  }

  @Override
  public Optional<PictureGrid> grid() {
    return PictureGrid.square(patches());
  }

  @Override
  public Optional<PictureRaster> raster() {
    return Optional.of(PictureRaster.patches(settings));
  }

  @Override
  public List<String> questionIds() {
    return decoded.names();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    int start = into.position();
    if (!decoded.read(questionId, into)) {
      return 0;
    }
    for (int i = start; i < into.position(); i++) {
      into.put(i, number(into.get(i)));
    }
    return patches();
  }

  /** A byte as the model sees it. */
  static float number(float value) {
    return value / 127.5f - 1;
  }
}
