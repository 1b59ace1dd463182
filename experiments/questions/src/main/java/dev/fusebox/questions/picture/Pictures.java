package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyFile;
import dev.fusebox.array.TorchArray;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens what a model is told of pictures, from a data directory in mm-cot's layout. */
public final class Pictures {

  private static final String NAME_MAP = "name_map.json";

  private Pictures() {}

  /**
   * Opens the vectors of a source under a control, made by no backbone of a plugin.
   *
   * @param root the data directory
   * @param settings a source {@linkplain FeatureSource#hasVectors of vectors}
   * @param seed of the shuffled and noise controls
   * @param cache where decoded pictures are kept
   * @throws UserError if files are missing or damaged, or do not belong together
   */
  public static PictureFeatures open(
      Path root, FeatureSettings settings, Control control, long seed, Path cache)
      throws IOException {
    return open(
        root,
        settings,
        control,
        seed,
        KeptPictures.in(cache),
        PictureBackbone.BUILT_IN,
        Optional.empty());
  }

  private static PictureFeatures open(
      Path root,
      FeatureSettings settings,
      Control control,
      long seed,
      KeptPictures kept,
      VisionBackbones kinds,
      Optional<Dataset> dataset)
      throws IOException {
    List<IndexedPictures> each = openEach(new DataDirectory(root), settings, kept, kinds, dataset);
    return switch (control) {
      case NONE -> joined(each);
      case BLIND -> blind(joined(each), settings, kinds);
      case SHUFFLED -> joined(each.stream().map(one -> shuffled(one, seed)).toList());
      case NOISE -> new NoisePictures(joined(each), seed);
    };
  }

  /** Each kind by itself: a question with a picture gets one, and one with a passage a passage. */
  private static IndexedPictures shuffled(IndexedPictures kind, long seed) {
    return new ShuffledPictures(kind, seed);
  }

  private static IndexedPictures joined(List<IndexedPictures> each) {
    return each.size() == 1 ? each.get(0) : new JoinedPictures(each);
  }

  private static PictureFeatures blind(
      PictureFeatures pictures, FeatureSettings settings, VisionBackbones kinds) {
    Optional<PictureBackbone> backbone = settings.inTheLoop(kinds);
    if (backbone.isEmpty()) {
      return new BlindPictures(pictures);
    }
    BackboneOutline outline = backbone.get().outline();
    return new BlindPixels(pictures, outline.patches(), outline.width());
  }

  /**
   * Opens them for the questions of a data set, none of whose pictures may be missing.
   *
   * @param kinds of backbones that may stand between pixels and model
   * @see #open(Path, FeatureSettings, Control, long, Path)
   */
  public static PictureFeatures open(
      Dataset dataset,
      Path root,
      FeatureSettings settings,
      Control control,
      long seed,
      KeptPictures kept,
      VisionBackbones kinds)
      throws IOException {
    return open(root, settings, control, seed, kept, kinds, Optional.of(dataset));
  }

  /**
   * V: how many numbers a vector of a source has, without decoding a picture.
   *
   * @throws UserError if a feature file is missing or damaged, or does not belong to the name map
   */
  public static int width(Path root, FeatureSettings settings, VisionBackbones kinds)
      throws IOException {
    if (settings.each().size() > 1) {
      List<Integer> widths = new ArrayList<>();
      for (FeatureSettings one : settings.each()) {
        widths.add(width(root, one, kinds));
      }
      return JoinedPictures.width(widths);
    }
    if (settings.readsPixels()) {
      return settings.inTheLoop(kinds).orElseThrow().outline().width();
    }
    if (settings.source().readsPictures()) {
      return new PatchCutter(settings.patches()).width();
    }
    if (settings.source().findsPassages()) {
      return settings.passages().width();
    }
    return open(new DataDirectory(root), settings, KeptPictures.in(root), kinds, Optional.empty())
        .width();
  }

  /**
   * Makes sure that no picture of a question is missing, without reading a vector or a pixel.
   *
   * @throws UserError that names the first that is
   */
  public static void requireWhole(Dataset dataset, Path root, FeatureSettings settings)
      throws IOException {
    DataDirectory directory = new DataDirectory(root);
    for (FeatureSettings one : settings.each()) {
      if (one.source().findsPassages()) {
        PassagePictures.passages(dataset, root, one.passages());
      } else if (one.source().readsPictures()) {
        requireWhole(one, directory, dataset);
      } else {
        requireWhole(one, NameMap.read(names(directory, one)), dataset);
      }
    }
  }

  /**
   * Makes sure that feature files hold what the records beside them say was extracted.
   *
   * @throws UserError that names the first that does not
   */
  public static void requireUnchanged(Path root, FeatureSettings settings, FileHashes hashes)
      throws IOException {
    for (FeatureSettings one : settings.each()) {
      if (!one.source().readsPictures() && !one.source().findsPassages()) {
        ExtractionRecord.requireUnchanged(array(file(new DataDirectory(root), one)), hashes);
      }
    }
  }

  /**
   * Makes sure that pictures can be shifted and cropped, without reading a vector or a pixel.
   *
   * @throws UserError if the vectors of a feature file lie in no square over their picture, or some
   *     are those of passages
   */
  public static void requireRaster(Path root, FeatureSettings settings, VisionBackbones kinds)
      throws IOException {
    if (settings.findPassages()) {
      throw new UserError(
          "features = %s: a passage lies nowhere over the picture, so that it cannot be shifted or cropped; leave shifted-picture and cropped-picture out of test.change"
              .formatted(settings.label()));
    }
    for (FeatureSettings one : settings.each()) {
      if (!one.source().readsPictures()) { // those lie where they are cut
        ReframedPictures.of(
            open(new DataDirectory(root), one, KeptPictures.in(root), kinds, Optional.empty()),
            PictureFraming.SHIFTED);
      }
    }
  }

  /** How many vectors a question has of a source at most, as {@link #width}. */
  public static int patches(Path root, FeatureSettings settings, VisionBackbones kinds)
      throws IOException {
    if (settings.each().size() > 1) {
      int sum = 0;
      for (FeatureSettings one : settings.each()) {
        sum += patches(root, one, kinds);
      }
      return sum;
    }
    if (settings.source().findsPassages()) {
      return settings.passages().count();
    }
    if (settings.source().readsPictures()) {
      int each =
          settings
              .inTheLoop(kinds)
              .map(backbone -> backbone.outline().patches())
              .orElseGet(() -> new PatchCutter(settings.patches()).patches());
      return each * most(root, settings);
    }
    return open(new DataDirectory(root), settings, KeptPictures.in(root), kinds, Optional.empty())
        .patches();
  }

  /** The most pictures that a question has in the data. */
  private static int most(Path root, FeatureSettings settings) throws IOException {
    return settings.pictures().several()
        ? settings
            .pictures()
            .of(files(root, settings).keySet().stream().map(PictureName::of).toList())
            .values()
            .stream()
            .mapToInt(List::size)
            .max()
            .orElse(1)
        : 1;
  }

  /** Opens those of every source, without a control. */
  private static List<IndexedPictures> openEach(
      DataDirectory directory,
      FeatureSettings settings,
      KeptPictures kept,
      VisionBackbones kinds,
      Optional<Dataset> dataset)
      throws IOException {
    List<IndexedPictures> all = new ArrayList<>();
    for (FeatureSettings one : settings.each()) {
      all.add(open(directory, one, kept, kinds, dataset));
    }
    return all;
  }

  /**
   * Opens them without a control.
   *
   * @param dataset none of whose pictures may be missing
   */
  private static IndexedPictures open(
      DataDirectory directory,
      FeatureSettings settings,
      KeptPictures kept,
      VisionBackbones kinds,
      Optional<Dataset> dataset)
      throws IOException {
    if (settings.source().findsPassages()) {
      Path root = directory.root();
      Dataset questions = dataset.isPresent() ? dataset.get() : Datasets.open(root);
      return PassagePictures.open(questions, root, settings.passages(), kept.cache());
    }
    if (settings.source().readsPictures()) {
      if (dataset.isPresent()) {
        requireWhole(settings, directory, dataset.get());
      }
      SortedMap<String, Path> files = PictureFiles.in(directory.root(), settings.pictures());
      IndexedPictures single =
          settings.readsPixels()
              ? PixelPictures.open(files, settings.inTheLoop(kinds).orElseThrow(), kept.cache())
              : PatchPictures.open(files, settings.patches(), kept.cache());
      return SeveralPictures.of(single, settings.pictures(), place(directory).toString());
    }
    NameMap names = NameMap.read(names(directory, settings));
    if (dataset.isPresent()) {
      requireWhole(settings, names, dataset.get());
    }
    Path file = file(directory, settings);
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

  /** Where pictures lie, for people. */
  private static Path place(DataDirectory directory) {
    return directory.find("images").orElse(directory.root());
  }

  private static void requireWhole(
      FeatureSettings settings, DataDirectory directory, Dataset dataset) throws IOException {
    if (settings.pictures().ofQuestion()) {
      PictureFiles.requireWhole(directory.root(), dataset);
    }
    if (settings.pictures().ofOptions()) {
      PictureFiles.requireOptions(
          PictureFiles.in(directory.root(), settings.pictures()).keySet(),
          dataset,
          place(directory).toString());
    }
  }

  private static void requireWhole(FeatureSettings settings, NameMap names, Dataset dataset) {
    if (settings.pictures().ofQuestion()) {
      names.requireRows(dataset);
    }
    if (settings.pictures().ofOptions()) {
      PictureFiles.requireOptions(names.rows().keySet(), dataset, names.file().toString());
    }
  }

  private static Path file(DataDirectory directory, FeatureSettings settings) {
    if (settings.file().isPresent()) {
      Path file = settings.file().get();
      return directory.find(file.toString()).orElseThrow(() -> missing(file, "feature file"));
    }
    return directory.require(names(settings.source()));
  }

  /** As named, else beside a feature file that is named, else the data directory's. */
  private static Path names(DataDirectory directory, FeatureSettings settings) {
    if (settings.names().isPresent()) {
      Path names = settings.names().get();
      return directory.find(names.toString()).orElseThrow(() -> missing(names, "name map"));
    }
    return settings
        .file()
        .map(file -> file(directory, settings).resolveSibling(NAME_MAP))
        .filter(Files::isRegularFile)
        .orElseGet(() -> directory.require(NAME_MAP));
  }

  private static UserError missing(Path file, String what) {
    return new UserError(file + ": there is no such " + what);
  }

  private static String[] names(FeatureSource source) {
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

  /**
   * What a data directory holds of a source, if anything.
   *
   * @throws UserError if the file is damaged, or does not belong to the name map beside it
   */
  public static Optional<StoredPictures> stored(Path root, FeatureSource source)
      throws IOException {
    DataDirectory directory = new DataDirectory(root);
    Optional<Path> file = directory.find(names(source));
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

  /**
   * The picture files of a data directory, if it has any.
   *
   * @throws UserError if their directory is empty
   */
  public static Optional<StoredImages> images(Path root) throws IOException {
    Path folder = new DataDirectory(root).find("images").orElse(root);
    return PictureFiles.areExpected(root)
        ? Optional.of(new StoredImages(folder, PictureFiles.in(root).keySet()))
        : Optional.empty();
  }

  /**
   * The files a source is read from, each by a name that tells what it is read as: the ending of a
   * feature file, the problem of a picture.
   */
  public static SortedMap<String, Path> files(Path root, FeatureSettings settings)
      throws IOException {
    if (settings.each().size() > 1) {
      SortedMap<String, Path> all = new TreeMap<>();
      for (FeatureSettings one : settings.each()) {
        files(root, one).forEach((name, file) -> all.put(one.label() + "/" + name, file));
      }
      return all;
    }
    DataDirectory directory = new DataDirectory(root);
    if (settings.source().findsPassages()) {
      return new TreeMap<>(); // they follow from the questions and the corpus
    }
    if (settings.source().readsPictures()) {
      return PictureFiles.in(root, settings.pictures());
    }
    Path file = file(directory, settings);
    String name = file.getFileName().toString();
    return new TreeMap<>(
        Map.of(
            NAME_MAP,
            names(directory, settings),
            "features" + name.substring(Math.max(0, name.lastIndexOf('.'))),
            file));
  }
}
