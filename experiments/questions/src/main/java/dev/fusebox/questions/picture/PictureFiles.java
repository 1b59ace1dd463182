package dev.fusebox.questions.picture;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pictures below {@code images/}: {@code <split>/<problem id>/image.png} or {@code .jpg};
 * beside it, where a problem has several, {@code image_0.png} and so on, and those of its options,
 * {@code choice_0.png} and so on; and those whose files questions name.
 */
public final class PictureFiles {

  private PictureFiles() {}

  /**
   * The first picture of every problem below a folder, by the problem's id.
   *
   * @throws UserError if there is none
   */
  public static SortedMap<String, Path> below(Path images) throws IOException {
    return shown(all(images), images, ShownPictures.FIRST);
  }

  /** The first picture of every problem of a data directory; see the other. */
  public static SortedMap<String, Path> in(Path root) throws IOException {
    return in(root, ShownPictures.FIRST);
  }

  /**
   * The pictures of a data directory that a setting shows by {@linkplain PictureName#text name};
   * the first ones by their problems' ids: those below {@code images/}, and those whose files the
   * questions name.
   *
   * @throws UserError if there is none, or if a file that is named is not there
   */
  public static SortedMap<String, Path> in(Path root, ShownPictures shown) throws IOException {
    Map<String, Path> named = Datasets.namedPictures(root);
    if (named.isEmpty()) {
      Path images = new DataDirectory(root).require("images");
      return shown(all(images), images, shown);
    }
    Optional<Path> images = new DataDirectory(root).find("images");
    SortedMap<PictureName, Path> files =
        images.isPresent() && holdsFolders(images.get()) ? all(images.get()) : new TreeMap<>();
    for (Map.Entry<String, Path> each : named.entrySet()) {
      if (!Files.isRegularFile(each.getValue())) {
        throw new UserError(
            "%s: there is no such file, which question %s names as a picture"
                .formatted(each.getValue(), PictureName.of(each.getKey()).question()));
      }
      files.put(PictureName.of(each.getKey()), each.getValue());
    }
    return shown(files, root, shown);
  }

  /** Those of all that are shown; the only one of a problem by the problem's id. */
  private static SortedMap<String, Path> shown(
      SortedMap<PictureName, Path> files, Path place, ShownPictures shown) {
    SortedMap<String, Path> wanted = new TreeMap<>();
    shown
        .of(files.keySet())
        .forEach(
            (problem, names) ->
                names.forEach(
                    name -> wanted.put(shown.several() ? name.text() : problem, files.get(name))));
    if (wanted.isEmpty()) {
      throw new UserError(
          "%s: no pictures there; <split>/<problem id>/%s expected"
              .formatted(place, shown.ofQuestion() ? "image.png" : "choice_0.png"));
    }
    return wanted;
  }

  private static SortedMap<PictureName, Path> all(Path images) throws IOException {
    SortedMap<PictureName, Path> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(images, 3)) {
      found
          .filter(file -> PictureName.isFile(file.getFileName().toString()))
          .sorted()
          .forEach(
              file ->
                  files.putIfAbsent(
                      PictureName.ofFile(
                          file.getParent().getFileName().toString(), file.getFileName().toString()),
                      file));
    }
    return files;
  }

  /** Pictures that are named may lie in {@code images/} themselves. */
  private static boolean holdsFolders(Path images) throws IOException {
    try (Stream<Path> children = Files.list(images)) {
      return children.anyMatch(Files::isDirectory);
    }
  }

  /** Whether a data directory is to have pictures at all. */
  static boolean areExpected(Path root) throws IOException {
    return new DataDirectory(root).find("images").isPresent()
        || !Datasets.namedPictures(root).isEmpty();
  }

  /** Those that are there, for who can do without them: what is missing is no error. */
  public static SortedMap<String, Path> ifAny(Path root) throws IOException {
    SortedMap<PictureName, Path> all = new TreeMap<>();
    Datasets.namedPictures(root).forEach((name, file) -> all.put(PictureName.of(name), file));
    all.values().removeIf(file -> !Files.isRegularFile(file));
    Optional<Path> images = new DataDirectory(root).find("images");
    if (images.isPresent()) {
      all.putAll(all(images.get()));
    }
    SortedMap<String, Path> files = new TreeMap<>();
    ShownPictures.FIRST
        .of(all.keySet())
        .forEach((problem, names) -> files.put(problem, all.get(names.get(0))));
    return files;
  }

  /**
   * Makes sure that every picture of an option is that of one which the problem has.
   *
   * @param names of pictures
   * @throws UserError that names the first
   */
  static void requireOptions(Collection<String> names, Dataset dataset, String place) {
    Map<String, Integer> options = new HashMap<>();
    for (String split : dataset.splits()) {
      dataset
          .split(split)
          .forEach(question -> options.put(question.id(), question.choices().size()));
    }
    for (String text : names) {
      PictureName name = PictureName.of(text);
      int most = options.getOrDefault(name.question(), Integer.MAX_VALUE);
      if (name.option().orElse(0) >= most) {
        throw new UserError(
            "%s: %s is the picture of an option, counted from 0, that problem %s does not have: it has %d options"
                .formatted(place, text, name.question(), most));
      }
    }
  }

  /**
   * Makes sure that no picture is missing: where a split has a folder, each of its questions that
   * is said to have a picture has one. A split without a folder is one without pictures.
   *
   * @throws UserError that names the first file that is missing
   */
  static void requireWhole(Path root, Dataset dataset) throws IOException {
    SortedMap<String, Path> files = in(root);
    Path images = new DataDirectory(root).find("images").orElse(root.resolve("images"));
    for (String split : dataset.splits()) {
      Path folder = images.resolve(split);
      if (Files.isDirectory(folder)) {
        List<String> missing =
            dataset.split(split).stream()
                .filter(Question::picture)
                .map(Question::id)
                .filter(id -> !files.containsKey(id))
                .toList();
        requireNone(missing, folder);
      }
    }
  }

  private static void requireNone(List<String> missing, Path folder) {
    if (!missing.isEmpty()) {
      String id = missing.get(0);
      String more = missing.size() > 1 ? ", nor of %,d more".formatted(missing.size() - 1) : "";
      throw new UserError(
          "%s: there is no picture of problem %s%s, neither png nor jpg, though the problem has one; only a split without a folder in %s has none at all"
              .formatted(folder.resolve(id).resolve("image.png"), id, more, folder.getParent()));
    }
  }
}
