package dev.fusebox.questions.picture;

import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The pictures themselves.
 *
 * @param backbone between pixels and model; without one they are cut into squares
 */
record PictureFileSource(
    DataDirectory directory, FeatureSettings settings, Optional<PictureBackbone> backbone)
    implements VectorSource {

  @Override
  public int width() {
    return backbone
        .map(between -> between.outline().width())
        .orElseGet(() -> new PatchCutter(settings.patches()).width());
  }

  @Override
  public int patches() throws IOException {
    int each =
        backbone
            .map(between -> between.outline().patches())
            .orElseGet(() -> new PatchCutter(settings.patches()).patches());
    return each * mostPictures();
  }

  /** The most pictures that a question has in the data. */
  private int mostPictures() throws IOException {
    return settings.pictures().several()
        ? settings
            .pictures()
            .of(files().keySet().stream().map(PictureName::of).toList())
            .values()
            .stream()
            .mapToInt(List::size)
            .max()
            .orElse(1)
        : 1;
  }

  @Override
  public IndexedPictures open(KeptPictures kept, Optional<Dataset> dataset) throws IOException {
    if (dataset.isPresent()) {
      requireWhole(dataset.get());
    }
    IndexedPictures single =
        backbone.isPresent()
            ? PixelPictures.open(files(), backbone.get(), kept.cache())
            : PatchPictures.open(files(), settings.patches(), kept.cache());
    return SeveralPictures.of(single, settings.pictures(), place().toString());
  }

  /** Where pictures lie, for people. */
  private Path place() {
    return directory.find("images").orElse(directory.root());
  }

  @Override
  public void requireWhole(Dataset dataset) throws IOException {
    if (settings.pictures().ofQuestion()) {
      PictureFiles.requireWhole(directory.root(), dataset);
    }
    if (settings.pictures().ofOptions()) {
      PictureFiles.requireOptions(files().keySet(), dataset, place().toString());
    }
  }

  /** They lie where they are cut. */
  @Override
  public void requireRaster() {}

  @Override
  public SortedMap<String, Path> files() throws IOException {
    return PictureFiles.in(directory.root(), settings.pictures());
  }
}
