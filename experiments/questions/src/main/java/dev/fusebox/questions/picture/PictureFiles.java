package dev.fusebox.questions.picture;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pictures below {@code images/}: {@code <split>/<problem id>/image.png} or {@code .jpg};
 * beside it, where a problem has several, {@code image_0.png} and so on, and those of its options,
 * {@code choice_0.png} and so on.
 */
public final class PictureFiles {

  private PictureFiles() {}

  /**
   * The first picture of every problem by the problem's id.
   *
   * @throws UserError if there is none
   */
  public static SortedMap<String, Path> below(Path images) throws IOException {
    SortedMap<PictureName, Path> files = all(images);
    SortedMap<String, Path> first = new TreeMap<>();
    ShownPictures.FIRST
        .of(files.keySet())
        .forEach((problem, names) -> first.put(problem, files.get(names.get(0))));
    return requireSome(first, images, "image.png");
  }

  /**
   * The pictures that a setting shows by {@linkplain PictureName#text name}; the first ones by
   * their problems' ids.
   *
   * @throws UserError if there is none
   */
  public static SortedMap<String, Path> below(Path images, ShownPictures shown) throws IOException {
    if (!shown.several()) {
      return below(images);
    }
    SortedMap<PictureName, Path> files = all(images);
    SortedMap<String, Path> wanted = new TreeMap<>();
    shown.of(files.keySet()).values().stream()
        .flatMap(List::stream)
        .forEach(name -> wanted.put(name.text(), files.get(name)));
    return requireSome(wanted, images, shown.ofQuestion() ? "image.png" : "choice_0.png");
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

  private static SortedMap<String, Path> requireSome(
      SortedMap<String, Path> files, Path images, String name) {
    if (files.isEmpty()) {
      throw new UserError(
          "%s: no pictures there; <split>/<problem id>/%s expected".formatted(images, name));
    }
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
  static void requireWhole(Path images, Dataset dataset) throws IOException {
    SortedMap<String, Path> files = below(images);
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
