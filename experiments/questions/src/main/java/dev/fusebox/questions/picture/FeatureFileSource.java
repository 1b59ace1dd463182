package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyFile;
import dev.fusebox.array.TorchArray;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A feature file, with a map from pictures' names to its rows. */
record FeatureFileSource(DataDirectory directory, FeatureSettings settings)
    implements VectorSource {

  private static final String NAME_MAP = "name_map.json";

  @Override
  public int width() throws IOException {
    return opened().width();
  }

  @Override
  public int patches() throws IOException {
    return opened().patches();
  }

  private IndexedPictures opened() throws IOException {
    return open(KeptPictures.in(directory.root()), Optional.empty());
  }

  @Override
  public IndexedPictures open(KeptPictures kept, Optional<Dataset> dataset) throws IOException {
    NameMap names = NameMap.read(names());
    if (dataset.isPresent()) {
      requireWhole(names, dataset.get());
    }
    Path file = file();
    FeatureArray array = array(file);
    ExtractionRecord.requireFits(array);
    if (settings.file().isEmpty()) {
      settings.source().requireFit(array);
    }
    return SeveralPictures.of(
        new FeatureFile(
            array, array(kept.near(file)), names, settings.source().grid(array.patches())),
        settings.pictures(),
        names.file().toString());
  }

  @Override
  public void requireWhole(Dataset dataset) throws IOException {
    requireWhole(NameMap.read(names()), dataset);
  }

  private void requireWhole(NameMap names, Dataset dataset) {
    if (settings.pictures().ofQuestion()) {
      names.requireRows(dataset);
    }
    if (settings.pictures().ofOptions()) {
      PictureFiles.requireOptions(names.rows().keySet(), dataset, names.file().toString());
    }
  }

  @Override
  public void requireUnchanged(FileHashes hashes) throws IOException {
    ExtractionRecord.requireUnchanged(array(file()), hashes);
  }

  @Override
  public void requireRaster() throws IOException {
    ReframedPictures.of(opened(), PictureFraming.SHIFTED);
  }

  @Override
  public SortedMap<String, Path> files() {
    Path file = file();
    String name = file.getFileName().toString();
    String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
    return new TreeMap<>(Map.of(NAME_MAP, names(), "features" + ending, file));
  }

  private Path file() {
    if (!settings.file().isEmpty()) {
      Path file = settings.file().get(0);
      return directory.find(file.toString()).orElseThrow(() -> missing(file, "feature file"));
    }
    return directory.require(usual(settings.source()));
  }

  /** As named, else beside a feature file that is named, else the data directory's. */
  private Path names() {
    if (!settings.names().isEmpty()) {
      Path names = settings.names().get(0);
      return directory.find(names.toString()).orElseThrow(() -> missing(names, "name map"));
    }
    return settings.file().stream()
        .map(file -> file().resolveSibling(NAME_MAP))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseGet(() -> directory.require(NAME_MAP));
  }

  private static UserError missing(Path file, String what) {
    return new UserError(file + ": there is no such " + what);
  }

  private static String[] usual(FeatureSource source) {
    if (!source.hasFile()) {
      throw new IllegalArgumentException(source.label() + " has no feature file");
    }
    return source.files().toArray(String[]::new);
  }

  private static FeatureArray array(Path file) throws IOException {
    String name = file.getFileName().toString();
    return name.endsWith(".pth") || name.endsWith(".pt")
        ? TorchArray.open(file)
        : NpyFile.open(file);
  }

  /** What a data directory holds of a source under its usual name, if anything. */
  static Optional<StoredPictures> stored(DataDirectory directory, FeatureSource source)
      throws IOException {
    Optional<Path> file = directory.find(usual(source));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    FeatureArray array = array(file.get());
    NameMap names = NameMap.read(directory.require(NAME_MAP));
    names.requireFits(array);
    return Optional.of(
        new StoredPictures(
            file.get(), array.rows(), array.patches(), array.width(), names.rows().keySet()));
  }
}
