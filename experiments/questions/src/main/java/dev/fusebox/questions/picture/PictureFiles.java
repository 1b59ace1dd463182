package dev.fusebox.questions.picture;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pictures below {@code images/}: {@code <split>/<problem id>/image.png} or {@code .jpg}. */
public final class PictureFiles {

  private PictureFiles() {}

  /**
   * Every picture by its problem's id.
   *
   * @throws UserError if there is none
   */
  public static SortedMap<String, Path> below(Path images) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(images, 3)) {
      found
          .filter(file -> file.getFileName().toString().matches("image\\.(png|jpg|jpeg)"))
          .sorted()
          .forEach(file -> files.putIfAbsent(file.getParent().getFileName().toString(), file));
    }
    if (files.isEmpty()) {
      throw new UserError(images + ": no pictures there; <split>/<problem id>/image.png expected");
    }
    return files;
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
