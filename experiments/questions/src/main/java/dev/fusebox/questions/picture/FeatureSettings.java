package dev.fusebox.questions.picture;

import dev.fusebox.vision.VisionBackbones;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code features}: what the model is told of the picture.
 *
 * @param source the vectors, or the caption, or nothing; {@code features = detr} says this alone
 * @param beside further sources of vectors; {@code source = [detr, clip]} is {@code detr} with
 *     {@code clip} beside it. Each has its own width, and is told apart by a number of its own
 * @param captions whether the caption joins the context as well; {@code source = caption} implies
 *     it
 * @param file the feature file, where it is not under its usual name in the data directory; where
 *     there are several sources, that of {@code source = file}, which stands for as many sources as
 *     it has files
 * @param names the pictures' names and their rows, where that is not the data directory's {@code
 *     name_map.json}; as many as files, or none
 * @param patches how raw pictures are cut, for {@code source = patches}
 * @param passages what is searched, for {@code source = passages}
 * @param pictures which of a question's pictures are shown
 * @param backbone directory of the ViT or CLIP that is a part of the model, for {@code source =
 *     pixels}
 * @param layer whose states it gives, as in Hugging Face's {@code hidden_states}; without it the
 *     last
 * @param train which of its layers learn; without it none
 * @param learningRateFactor learning rate of its layers, in multiples of the model's
 */
public record FeatureSettings(
    FeatureSource source,
    List<FeatureSource> beside,
    boolean captions,
    List<Path> file,
    List<Path> names,
    PatchSettings patches,
    PassageSettings passages,
    ShownPictures pictures,
    Optional<Path> backbone,
    Optional<Integer> layer,
    Optional<TrainedLayers> train,
    double learningRateFactor) {

  public FeatureSettings {
    beside = List.copyOf(beside);
    requireBackbone(source, beside, backbone, layer, train);
    if (!(learningRateFactor > 0 && Double.isFinite(learningRateFactor))) {
      throw new IllegalArgumentException(
          "learningRateFactor must be above 0, found " + learningRateFactor);
    }
    requireVectors(source, beside);
    file = List.copyOf(file);
    names = List.copyOf(names);
    requireFiles(all(source, beside), file);
    if (!names.isEmpty() && names.size() != file.size()) {
      throw new IllegalArgumentException(
          file.isEmpty()
              ? "names must stand beside the file whose rows they name, found %s without a file"
                  .formatted(listed(names))
              : "names must be as many as files, or left out, found %d of %d: %s"
                  .formatted(names.size(), file.size(), listed(names)));
    }
  }

  private static void requireFiles(List<FeatureSource> sources, List<Path> file) {
    boolean named = sources.contains(FeatureSource.FILE);
    if (sources.size() > 1 && !file.isEmpty() && !named) {
      throw new IllegalArgumentException(
          "file must belong to one of several sources: name that one file, as in source = [detr,"
              + " file]; found "
              + listed(file));
    }
    if (file.size() > 1 && !named) {
      throw new IllegalArgumentException(
          "file must be one unless source = file, which stands for several; found " + listed(file));
    }
    if (file.stream().distinct().count() < file.size()) {
      throw new IllegalArgumentException("file must list different files, found " + listed(file));
    }
    if (named && file.isEmpty()) {
      throw new IllegalArgumentException(
          "file must be given where source = file, such as features { source = file, file ="
              + " lite0.npy }, found none");
    }
  }

  private static String listed(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static void requireBackbone(
      FeatureSource source,
      List<FeatureSource> beside,
      Optional<Path> backbone,
      Optional<Integer> layer,
      Optional<TrainedLayers> train) {
    if (!all(source, beside).contains(FeatureSource.PIXELS)) {
      requireNoBackbone(source, backbone, layer, train);
      return;
    }
    if (!beside.isEmpty()) {
      throw new IllegalArgumentException(
          "source must be pixels alone, or vectors that were made beforehand, found "
              + all(source, beside).stream().map(FeatureSource::label).toList());
    }
    if (backbone.isEmpty()) {
      throw new IllegalArgumentException(
          "backbone must be given where source = pixels, such as features { source = pixels,"
              + " backbone = vit-base-patch16-224 }, found none");
    }
  }

  /** Where nothing is seen it may be left over from other variants. */
  private static void requireNoBackbone(
      FeatureSource source,
      Optional<Path> backbone,
      Optional<Integer> layer,
      Optional<TrainedLayers> train) {
    Map<String, Optional<?>> own = new LinkedHashMap<>();
    own.put("backbone", backbone);
    own.put("layer", layer);
    own.put("train", train);
    own.forEach(
        (key, value) -> {
          if (source.hasVectors() && value.isPresent()) {
            throw new IllegalArgumentException(
                "%s must stand beside source = pixels, or be none beside %s, found %s"
                    .formatted(key, source.label(), value.get()));
          }
        });
  }

  private static void requireVectors(FeatureSource source, List<FeatureSource> beside) {
    List<FeatureSource> all = all(source, beside);
    boolean vectors = all.stream().allMatch(FeatureSource::hasVectors);
    if (!beside.isEmpty() && (!vectors || all.stream().distinct().count() < all.size())) {
      throw new IllegalArgumentException(
          "source must list different sources of vectors, found "
              + all.stream().map(FeatureSource::label).toList()
              + "; the caption joins the text besides with captions = true");
    }
  }

  private static List<FeatureSource> all(FeatureSource source, List<FeatureSource> beside) {
    return Stream.concat(Stream.of(source), beside.stream()).toList();
  }

  /** Settings of one source alone, the first picture of each question. */
  public FeatureSettings(
      FeatureSource source,
      boolean captions,
      Optional<Path> file,
      Optional<Path> names,
      PatchSettings patches) {
    this(source, List.of(), captions, file, names, patches);
  }

  /** Settings of sources that were made beforehand, the first picture of each question. */
  public FeatureSettings(
      FeatureSource source,
      List<FeatureSource> beside,
      boolean captions,
      Optional<Path> file,
      Optional<Path> names,
      PatchSettings patches) {
    this(
        source,
        beside,
        captions,
        file.stream().toList(),
        names.stream().toList(),
        patches,
        PassageSettings.LECTURES,
        ShownPictures.FIRST,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  /** Each source with its own settings, in their order; each file by itself. */
  public List<FeatureSettings> each() {
    return beside.isEmpty() && file.size() < 2
        ? List.of(this)
        : all(source, beside).stream().flatMap(this::alone).toList();
  }

  private Stream<FeatureSettings> alone(FeatureSource one) {
    return one == FeatureSource.FILE
        ? IntStream.range(0, file.size())
            .mapToObj(i -> alone(one, file.subList(i, i + 1), namesOf(i)))
        : Stream.of(alone(one, List.of(), List.of()));
  }

  private List<Path> namesOf(int file) {
    return names.isEmpty() ? names : names.subList(file, file + 1);
  }

  private FeatureSettings alone(FeatureSource one, List<Path> ownFile, List<Path> ownNames) {
    return new FeatureSettings(
        one,
        List.of(),
        captions,
        ownFile,
        ownNames,
        patches,
        passages,
        pictures,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  /** The same that shows other pictures of each question. */
  public FeatureSettings showing(ShownPictures other) {
    return new FeatureSettings(
        source,
        beside,
        captions,
        file,
        names,
        patches,
        passages,
        other,
        backbone,
        layer,
        train,
        learningRateFactor);
  }

  /** Whether a backbone stands between pixels and model. */
  public boolean readsPixels() {
    return source == FeatureSource.PIXELS;
  }

  /**
   * The backbone between pixels and model; empty where vectors were made beforehand.
   *
   * @param kinds that may open it
   */
  public Optional<PictureBackbone> inTheLoop(VisionBackbones kinds) {
    return readsPixels()
        ? Optional.of(
            new PictureBackbone(backbone.orElseThrow(), layer, train, learningRateFactor, kinds))
        : Optional.empty();
  }

  /** As a config names the sources. */
  public String label() {
    return all(source, beside).stream()
        .map(
            one ->
                one == FeatureSource.FILE && file.size() > 1 ? file.size() + " files" : one.label())
        .collect(Collectors.joining(" and "));
  }

  /** Whether passages that are found for a question are among its vectors. */
  public boolean findPassages() {
    return all(source, beside).stream().anyMatch(FeatureSource::findsPassages);
  }

  /** Whether a question without a picture may have vectors, and no data need pictures. */
  public boolean needNoPictures() {
    return all(source, beside).stream().allMatch(FeatureSource::findsPassages);
  }

  /** Whether its vectors lie over the picture, each in a place of its own. */
  public boolean lieOverPicture() {
    return beside.isEmpty() && file.size() < 2 && source.liesOverPicture();
  }

  /** Whether the caption is part of the text. */
  public boolean withCaptions() {
    return captions || source == FeatureSource.CAPTION;
  }
}
