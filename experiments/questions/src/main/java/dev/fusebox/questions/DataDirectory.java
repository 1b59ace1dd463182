package dev.fusebox.questions;

import dev.fusebox.file.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder in mm-cot's layout: texts in {@code scienceqa/}, features in {@code vision_features/},
 * pictures in {@code images/}; or everything flat in one folder.
 *
 * @param root the folder
 */
public record DataDirectory(Path root) {

  private static final List<String> FOLDERS = List.of("scienceqa", "vision_features", "");

  public DataDirectory {
    if (!Files.isDirectory(root)) {
      throw new UserError(root + ": there is no such folder; a data directory is expected");
    }
  }

  /** The first of the named files or folders that is there. */
  public Optional<Path> find(String... names) {
    return Stream.of(names)
        .flatMap(name -> folders().map(folder -> folder.resolve(name)))
        .filter(Files::exists)
        .findFirst();
  }

  /**
   * The first of the named files that is there.
   *
   * @throws UserError with the places looked in, if there is none
   */
  public Path require(String... names) {
    return find(names).orElseThrow(() -> new UserError(missing(names)));
  }

  private String missing(String... names) {
    return root
        + ": no "
        + String.join(" or ", names)
        + " there; looked in "
        + folders().map(Path::toString).collect(Collectors.joining(", "));
  }

  private Stream<Path> folders() {
    return FOLDERS.stream().map(root::resolve).map(Path::normalize);
  }
}
