package dev.fusebox.doctor;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.questions.picture.StoredImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The picture files of a data directory against its questions, split by split. */
final class ImageCheck {

  private static final String NAME = "  images";

  private ImageCheck() {}

  static Finding finding(Path root, Dataset dataset) throws IOException {
    try {
      Optional<StoredImages> stored = Pictures.images(root);
      return stored
          .map(images -> finding(images, dataset))
          .orElseGet(
              () ->
                  Finding.lacking(
                      NAME,
                      "no directory",
                      "needed only for features = patches and pictures in reports: images/SPLIT/ID/image.png"));
    } catch (UserError e) {
      return Finding.broken(NAME, e.getMessage(), "put the pictures there, or delete it");
    }
  }

  private static Finding finding(StoredImages stored, Dataset dataset) {
    boolean folders = dataset.splits().stream().anyMatch(stored::hasFolder); // else all are named
    List<Split> splits =
        dataset.splits().stream()
            .filter(name -> stored.hasFolder(name) || !folders)
            .map(name -> Split.of(name, dataset.split(name), stored))
            .toList();
    String found = splits.stream().map(Split::inWords).collect(Collectors.joining(", "));
    return splits.stream().allMatch(Split::whole)
        ? Finding.of(NAME, found)
        : Finding.lacking(
            NAME,
            found,
            "features = patches needs all pictures of a split that has a folder: download the rest");
  }

  /** How many of a split's pictures are there. */
  private record Split(String name, long there, long all) {

    static Split of(String name, List<Question> questions, StoredImages stored) {
      List<String> pictured =
          questions.stream().filter(Question::picture).map(Question::id).toList();
      return new Split(name, pictured.stream().filter(stored::has).count(), pictured.size());
    }

    boolean whole() {
      return there == all;
    }

    String inWords() {
      return "%s of %s in %s".formatted(Sizes.count(there), Sizes.count(all), name);
    }
  }
}
