package dev.fusebox.questions.picture;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pictures below {@code images/}: {@code <split>/<problem id>/image.png} or {@code .jpg}; and
 * those whose files questions name.
 */
public final class PictureFiles {

  private PictureFiles() {}

  /**
   * Every picture by its problem's id.
   *
   * @throws UserError if there is none
   */
  public static SortedMap<String, Path> below(Path images) throws IOException {
    SortedMap<String, Path> files = found(images);
    if (files.isEmpty()) {
      throw new UserError(images + ": no pictures there; <split>/<problem id>/image.png expected");
    }
    return files;
  }

  private static SortedMap<String, Path> found(Path images) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(images, 3)) {
      found
          .filter(file -> file.getFileName().toString().matches("image\\.(png|jpg|jpeg)"))
          .sorted()
          .forEach(file -> files.putIfAbsent(file.getParent().getFileName().toString(), file));
    }
    return files;
  }

  /**
   * Every picture of a data directory by its problem's id: those below {@code images/}, and those
   * whose files the questions name.
   *
   * @throws UserError if there is none, or if a file that is named is not there
   */
  public static SortedMap<String, Path> in(Path root) throws IOException {
    Map<String, Path> named = Datasets.namedPictures(root);
    if (named.isEmpty()) {
      return below(new DataDirectory(root).require("images"));
    }
    Optional<Path> images = new DataDirectory(root).find("images");
    SortedMap<String, Path> files =
        images.isPresent() && holdsFolders(images.get()) ? below(images.get()) : new TreeMap<>();
    for (Map.Entry<String, Path> each : named.entrySet()) {
      if (!Files.isRegularFile(each.getValue())) {
        throw new UserError(
            "%s: there is no such file, which question %s names as its picture"
                .formatted(each.getValue(), each.getKey()));
      }
      files.put(each.getKey(), each.getValue());
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
    SortedMap<String, Path> files = new TreeMap<>(Datasets.namedPictures(root));
    files.values().removeIf(file -> !Files.isRegularFile(file));
    Optional<Path> images = new DataDirectory(root).find("images");
    if (images.isPresent()) {
      files.putAll(found(images.get()));
    }
    return files;
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
