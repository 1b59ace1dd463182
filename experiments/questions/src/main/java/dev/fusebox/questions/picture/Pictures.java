package dev.fusebox.questions.picture;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model is told of pictures, from a data directory in mm-cot's layout: of one {@link
 * VectorSource} or of several together.
 */
public final class Pictures {

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

  private static PictureFeatures open(
      Path root,
      FeatureSettings settings,
      Control control,
      long seed,
      KeptPictures kept,
      VisionBackbones kinds,
      Optional<Dataset> dataset)
      throws IOException {
    List<IndexedPictures> each = new ArrayList<>();
    for (VectorSource source : sources(root, settings, kinds)) {
      each.add(source.open(kept, dataset));
    }
    return switch (control) {
      case NONE -> joined(each);
      case BLIND -> blind(joined(each), settings, kinds);
      case SHUFFLED -> joined(each.stream().map(one -> shuffled(one, seed)).toList());
      case NOISE -> new NoisePictures(joined(each), seed);
    };
  }

  private static List<VectorSource> sources(
      Path root, FeatureSettings settings, VisionBackbones kinds) {
    return settings.each().stream().map(one -> VectorSource.of(root, one, kinds)).toList();
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
   * V: how many numbers a vector has, without decoding a picture.
   *
   * @throws UserError if a feature file is missing or damaged, or does not belong to the name map
   */
  public static int width(Path root, FeatureSettings settings, VisionBackbones kinds)
      throws IOException {
    List<Integer> widths = new ArrayList<>();
    for (VectorSource source : sources(root, settings, kinds)) {
      widths.add(source.width());
    }
    return widths.size() == 1 ? widths.get(0) : JoinedPictures.width(widths);
  }

  /** How many vectors a question has at most, as {@link #width}. */
  public static int patches(Path root, FeatureSettings settings, VisionBackbones kinds)
      throws IOException {
    int sum = 0;
    for (VectorSource source : sources(root, settings, kinds)) {
      sum += source.patches();
    }
    return sum;
  }

  /**
   * Makes sure that no picture of a question is missing, without reading a vector or a pixel.
   *
   * @throws UserError that names the first that is
   */
  public static void requireWhole(
      Dataset dataset, Path root, FeatureSettings settings, VisionBackbones kinds)
      throws IOException {
    for (VectorSource source : sources(root, settings, kinds)) {
      source.requireWhole(dataset);
    }
  }

  /**
   * Makes sure that feature files hold what the records beside them say was extracted.
   *
   * @throws UserError that names the first that does not
   */
  public static void requireUnchanged(
      Path root, FeatureSettings settings, VisionBackbones kinds, FileHashes hashes)
      throws IOException {
    for (VectorSource source : sources(root, settings, kinds)) {
      source.requireUnchanged(hashes);
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
    for (VectorSource source : sources(root, settings, kinds)) {
      source.requireRaster();
    }
  }

  /**
   * The files they are read from, each by a name that tells what it is read as: the ending of a
   * feature file, the problem of a picture; behind the source's name and place where there are
   * several.
   */
  public static SortedMap<String, Path> files(
      Path root, FeatureSettings settings, VisionBackbones kinds) throws IOException {
    SortedMap<String, Path> all = new TreeMap<>();
    List<FeatureSettings> each = settings.each();
    for (int place = 0; place < each.size(); place++) {
      FeatureSettings one = each.get(place);
      String before = each.size() == 1 ? "" : one.label() + "-" + (place + 1) + "/";
      VectorSource.of(root, one, kinds)
          .files()
          .forEach((name, file) -> all.put(before + name, file));
    }
    return all;
  }

  /**
   * What a data directory holds of a source, if anything.
   *
   * @throws UserError if the file is damaged, or does not belong to the name map beside it
   */
  public static Optional<StoredPictures> stored(Path root, FeatureSource source)
      throws IOException {
    return FeatureFileSource.stored(new DataDirectory(root), source);
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
}
