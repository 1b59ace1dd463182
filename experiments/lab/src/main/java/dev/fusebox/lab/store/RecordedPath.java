package dev.fusebox.lab.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file or folder that results tell of, in a way that outlives a move: of the results, of what
 * lies beside them, or of both together.
 *
 * @param given as the config names it
 * @param fromResults the way there from the folder of all results, with slashes; empty where there
 *     is none
 * @param absolute empty where it lies among the results and moves with them
 */
public record RecordedPath(String given, String fromResults, String absolute) {

  /** None. */
  public static final RecordedPath NONE = new RecordedPath("", "", "");

  /**
   * Records a path.
   *
   * @param results the folder of all results
   */
  public static RecordedPath of(Path path, Path results) {
    Path absolute = path.toAbsolutePath().normalize();
    boolean among = absolute.startsWith(results.toAbsolutePath().normalize());
    String way = fromResults(path, results);
    return new RecordedPath(among ? way : slashed(path), way, among ? "" : slashed(absolute));
  }

  /** The way from the folder of all results to a path; empty where there is none. */
  public static String fromResults(Path path, Path results) {
    Path to = path.toAbsolutePath().normalize();
    Path from = results.toAbsolutePath().normalize();
    boolean reachable = to.getRoot() != null && to.getRoot().equals(from.getRoot());
    return reachable ? slashed(from.relativize(to)) : "";
  }

  private static String slashed(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  /** Where it may lie now: what there is of the two places. */
  public List<Path> found(Path results) {
    return Stream.of(
            fromResults.isEmpty() ? Path.of("") : results.resolve(fromResults).normalize(),
            Path.of(absolute))
        .filter(path -> !path.toString().isEmpty() && Files.exists(path))
        .distinct()
        .toList();
  }
}
