package dev.fusebox.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where checkpoints and results are looked for. */
public final class PlaceCheck {

  private PlaceCheck() {}

  /** Both places. */
  public static List<Finding> findings() throws IOException {
    return List.of(checkpoints(), results());
  }

  private static Finding checkpoints() throws IOException {
    String named = System.getenv("FUSEBOX_CHECKPOINTS");
    Path place = Path.of(named == null ? "checkpoints" : named);
    if (!Files.isDirectory(place)) {
      return Finding.lacking(
          "checkpoints",
          "no directory " + place,
          "needed only by experiments that name one, such as configs/paper: put Hugging Face directories there, or set"
              + " FUSEBOX_CHECKPOINTS");
    }
    try (Stream<Path> inside = Files.list(place)) {
      String names =
          inside
              .filter(Files::isDirectory)
              .map(path -> path.getFileName().toString())
              .sorted()
              .collect(Collectors.joining(", "));
      return Finding.of("checkpoints", place + ": " + (names.isEmpty() ? "empty" : names));
    }
  }

  private static Finding results() {
    return Files.isDirectory(Path.of("results"))
        ? Finding.of("results", "results")
        : Finding.lacking(
            "results",
            "no directory results",
            "the first run creates it: fusebox run configs/quickstart.conf");
  }
}
