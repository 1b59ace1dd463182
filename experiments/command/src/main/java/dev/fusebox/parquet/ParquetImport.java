package dev.fusebox.parquet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lays a published data set out as a data directory: {@code problems.json} and {@code
 * pid_splits.json}, or A-OKVQA's own files, and {@code images/SPLIT/ID/image.png} or {@code .jpg},
 * the bytes as they are. The directory comes up when it is whole.
 */
public final class ParquetImport {

  private final Path directory;
  private final PublishedSet set;
  private final Map<String, Set<String>> ids = new LinkedHashMap<>();
  private int pictures;

  private ParquetImport(Path directory, PublishedSet set) {
    this.directory = directory;
    this.set = set;
  }

  /**
   * What was imported.
   *
   * @param set its name
   * @param questions how many, by split
   * @param pictures how many of them have one
   */
  public record Imported(String set, Map<String, Integer> questions, int pictures) {}

  /**
   * Imports a folder of parquet files.
   *
   * @param target a directory that is not there yet, or empty
   * @throws UserError if files or target are not as they must be; the target then stays as it was
   */
  public static Imported run(Path source, Path target) throws IOException {
    requireEmpty(target);
    ParquetFolder folder = ParquetFolder.open(source);
    Path whole = target.toAbsolutePath().normalize();
    Files.createDirectories(whole.getParent());
    Path unfinished =
        Files.createTempDirectory(whole.getParent(), "." + whole.getFileName() + ".unfinished");
    try {
      Imported imported = new ParquetImport(unfinished, set(folder)).write(folder);
      Files.deleteIfExists(whole);
      WholeFile.move(unfinished, whole);
      return imported;
    } finally {
      if (Files.exists(unfinished)) {
        DirectoryTree.delete(unfinished);
      }
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (Files.isRegularFile(target) || (Files.isDirectory(target) && !isEmpty(target))) {
      throw new UserError(target + ": already exists; give a new folder");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  /** By the columns of the first file. */
  private static PublishedSet set(ParquetFolder folder) throws IOException {
    Path first = folder.files().values().iterator().next().get(0);
    Set<String> columns = ParquetFile.columns(first);
    return Arrays.stream(PublishedSet.values())
        .filter(each -> columns.containsAll(each.columns()))
        .findFirst()
        .orElseThrow(() -> unknown(first, columns));
  }

  private static UserError unknown(Path file, Set<String> columns) {
    String known =
        Arrays.stream(PublishedSet.values())
            .map(each -> each.title() + " (" + String.join(", ", each.columns()) + ")")
            .collect(Collectors.joining("; "));
    return new UserError(
        "%s: its columns match no known data set: %s. Known data sets and their columns: %s"
            .formatted(file, String.join(", ", columns), known));
  }

  private Imported write(ParquetFolder folder) throws IOException {
    if (set.hasFilePerSplit()) {
      for (Map.Entry<String, List<Path>> split : folder.files().entrySet()) {
        Path file = directory.resolve("aokvqa_v1p0_" + split.getKey() + ".json");
        try (QuestionWriter out = new QuestionWriter(file, false)) {
          read(split.getKey(), split.getValue(), out);
        }
      }
    } else {
      try (QuestionWriter out = new QuestionWriter(directory.resolve("problems.json"), true)) {
        for (Map.Entry<String, List<Path>> split : folder.files().entrySet()) {
          read(split.getKey(), split.getValue(), out);
        }
      }
      writeSplits();
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    ids.forEach((split, own) -> counts.put(split, own.size()));
    return new Imported(set.title(), counts, pictures);
  }

  private void read(String split, List<Path> files, QuestionWriter out) throws IOException {
    ids.put(split, new LinkedHashSet<>());
    for (Path file : files) {
      ParquetFile.read(file, row -> add(row, split, out));
    }
  }

  private void add(ParquetRow row, String split, QuestionWriter out)
      throws IOException, SQLException {
    String id = set.id(row, split, ids.get(split).size());
    if (!Question.isId(id)) {
      throw row.wrong("id", "a name that can be a folder's");
    }
    if (ids.values().stream().anyMatch(known -> known.contains(id))) {
      throw new UserError(
          "%s: row %d: question %s is there twice".formatted(row.file(), row.number(), id));
    }
    ids.get(split).add(id);
    ObjectNode question = set.question(row, split);
    Optional<byte[]> picture = row.picture("image");
    if (picture.isPresent()) {
      Path folder = Files.createDirectories(directory.resolve("images").resolve(split).resolve(id));
      Files.write(folder.resolve(name(row, picture.get())), picture.get());
      pictures++;
    }
    if (!set.hasFilePerSplit()) {
      question.put(
          "image", picture.isPresent() ? "image.png" : null); // what ScienceQA says of both
    }
    out.add(id, question);
  }

  /** By the first bytes. */
  private static String name(ParquetRow row, byte[] picture) {
    String head = new String(picture, 0, Math.min(4, picture.length), StandardCharsets.ISO_8859_1);
    if (head.startsWith("\u00ff\u00d8")) {
      return "image.jpg";
    }
    if (head.equals("\u0089PNG") || head.startsWith("GIF8") || head.startsWith("BM")) {
      return "image.png"; // read by what is in it
    }
    throw row.wrong("image", "a picture of png, jpg, gif or bmp");
  }

  private void writeSplits() throws IOException {
    ObjectNode splits = JsonNodeFactory.instance.objectNode();
    ids.forEach((split, own) -> own.forEach(splits.putArray(split)::add));
    JsonFiles.write(directory.resolve("pid_splits.json"), splits);
  }
}
