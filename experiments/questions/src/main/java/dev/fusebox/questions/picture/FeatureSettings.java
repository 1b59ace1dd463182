package dev.fusebox.questions.picture;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code features}: what the model is told of the picture.
 *
 * @param source the vectors, or the caption, or nothing; {@code features = detr} says this alone
 * @param captions whether the caption joins the context as well; {@code source = caption} implies
 *     it
 * @param file the feature file, where it is not under its usual name in the data directory
 * @param names the pictures' names and their rows, where that is not the data directory's {@code
 *     name_map.json}
 * @param patches how raw pictures are cut, for {@code source = patches}
 */
public record FeatureSettings(
    FeatureSource source,
    boolean captions,
    Optional<Path> file,
    Optional<Path> names,
    PatchSettings patches) {

  public FeatureSettings {
    if (source == FeatureSource.FILE && file.isEmpty()) {
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

  /** Whether the caption is part of the text. */
  public boolean withCaptions() {
    return captions || source == FeatureSource.CAPTION;
  }
}
