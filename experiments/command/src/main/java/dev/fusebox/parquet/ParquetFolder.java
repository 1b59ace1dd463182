package dev.fusebox.parquet;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of parquet files as Hugging Face names them: {@code train-00000-of-00002.parquet} and so
 * on, in it or in its folder {@code data}.
 *
 * @param files by split, {@code train} first, each in their order
 */
record ParquetFolder(Map<String, List<Path>> files) {

  private static final Pattern NAME =
      Pattern.compile("(train|validation|val|dev|test)(?:-\\d+-of-\\d+)?(?:-\\w+)?\\.parquet");

  /** Split in a file's name → split in ScienceQA's files. */
  private static final Map<String, String> SPLITS =
      Map.of("train", "train", "validation", "val", "val", "val", "dev", "val", "test", "test");

  /**
   * Looks for the files.
   *
   * @throws UserError if there are none
   */
  static ParquetFolder open(Path folder) throws IOException {
    Map<String, List<Path>> files = new LinkedHashMap<>();
    List.of("train", "val", "test").forEach(split -> files.put(split, new ArrayList<>()));
    for (Path place : List.of(folder, folder.resolve("data"))) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> all = Files.list(place)) {
          all.sorted().forEach(file -> add(file, files));
        }
      }
    }
    files.values().removeIf(List::isEmpty);
    if (files.isEmpty()) {
      throw new UserError(
          folder
              + ": no parquet files there; names such as train-00000-of-00001.parquet are expected,"
              + " of train, validation or test");
    }
    return new ParquetFolder(files);
  }

  private static void add(Path file, Map<String, List<Path>> files) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (name.matches()) {
      files.get(SPLITS.get(name.group(1))).add(file);
    }
  }
}
