package dev.fusebox.extract;

import dev.fusebox.file.UserError;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Some pictures as pixels.
 *
 * @param faults why each could not be read; empty for those that could
 * @param pixels (3, Y, X) of each that could, in their order
 */
record DecodedBatch(List<NamedPicture> pictures, List<String> faults, List<float[]> pixels) {

  static DecodedBatch of(
      List<NamedPicture> pictures, Preprocessing preprocessing, Missing missing) {
    List<String> faults = new ArrayList<>();
    List<float[]> pixels = new ArrayList<>();
    for (NamedPicture picture : pictures) {
      try {
        pixels.add(preprocessing.pixels(PictureReader.read(file(picture), Transparency.IGNORED)));
        faults.add("");
      } catch (IOException e) {
        if (missing == Missing.FAIL) {
          throw new UserError(
              "picture %s: %s; --missing skip or zero continues without it"
                  .formatted(picture.name(), e.getMessage()),
              e);
        }
        faults.add(e.getMessage());
      }
    }
    return new DecodedBatch(pictures, faults, pixels);
  }

  private static Path file(NamedPicture picture) throws IOException {
    return picture
        .file()
        .orElseThrow(() -> new IOException("the question has a picture, but there is no file"));
  }

  /** The lines of the journal, rows counted from {@code next}. */
  List<Entry> entries(long next, Missing missing) {
    List<Entry> entries = new ArrayList<>();
    long row = next;
    for (int i = 0; i < pictures.size(); i++) {
      boolean hasRow = faults.get(i).isEmpty() || missing == Missing.ZERO;
      entries.add(new Entry(pictures.get(i).name(), hasRow ? row++ : -1, faults.get(i)));
    }
    return entries;
  }

  /** The pixels of all that could be read, one behind the other. */
  float[] together() {
    int size = pixels.isEmpty() ? 0 : pixels.get(0).length;
    float[] together = new float[size * pixels.size()];
    for (int i = 0; i < pixels.size(); i++) {
      System.arraycopy(pixels.get(i), 0, together, i * size, size);
    }
    return together;
  }
}
