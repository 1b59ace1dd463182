package dev.fusebox.questions.picture;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
 *     there are several sources, that of {@code source = file}
 * @param names the pictures' names and their rows, where that is not the data directory's {@code
 *     name_map.json}
 * @param patches how raw pictures are cut, for {@code source = patches}
 */
public record FeatureSettings(
    FeatureSource source,
    List<FeatureSource> beside,
    boolean captions,
    Optional<Path> file,
    Optional<Path> names,
    PatchSettings patches) {

  public FeatureSettings {
    beside = List.copyOf(beside);
    requireVectors(source, beside);
    if (!beside.isEmpty()
        && file.isPresent()
        && !all(source, beside).contains(FeatureSource.FILE)) {
      throw new IllegalArgumentException(
          "file must belong to one of several sources: name that one file, as in source = [detr,"
              + " file]; found "
              + file.get());
    }
    if (all(source, beside).contains(FeatureSource.FILE) && file.isEmpty()) {
      throw new IllegalArgumentException(
          "file must be given where source = file, such as features { source = file, file ="
              + " lite0.npy }, found none");
    }
    if (names.isPresent() && file.isEmpty()) {
      throw new IllegalArgumentException(
          "names must stand beside the file whose rows they name, found "
              + names.get()
              + " without a file");
    }
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

  /** Settings of one source alone. */
  public FeatureSettings(
      FeatureSource source,
      boolean captions,
      Optional<Path> file,
      Optional<Path> names,
      PatchSettings patches) {
    this(source, List.of(), captions, file, names, patches);
  }

  /** Each source with its own settings, in their order. */
  List<FeatureSettings> each() {
    return beside.isEmpty()
        ? List.of(this)
        : all(source, beside).stream()
            .map(
                one ->
                    one == FeatureSource.FILE
                        ? new FeatureSettings(one, captions, file, names, patches)
                        : new FeatureSettings(
                            one, captions, Optional.empty(), Optional.empty(), patches))
            .toList();
  }

  /** As a config names the sources. */
  public String label() {
    return all(source, beside).stream()
        .map(FeatureSource::label)
        .collect(Collectors.joining(" and "));
  }

  /** Whether the caption is part of the text. */
  public boolean withCaptions() {
    return captions || source == FeatureSource.CAPTION;
  }
}
